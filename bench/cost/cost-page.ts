/** `docs/cost.md`. */
export function costPage(report: string): string {
  return `# Cost

Written by \`npm run cost -- --write\`; not by hand. From the synthesized templates, of the stage as it is and with each option by itself, a dated list of prices ([\`prices-us-east-1.json\`](../bench/cost/prices-us-east-1.json), \`--region-prices\` takes another) and the averages in [\`workload.ts\`](../bench/cost/workload.ts), of which each says whether it was measured or assumed. There is no option of a customer-managed key: data is encrypted with AWS's keys, and the key on the bill is that of the alarms' topics. Metrics are those written while all is well. Not in it: data transfer to other accounts or Regions, taxes, and what Stripe charges.

${report}

![Dollars a month over events a month](cost.svg)
`;
}
