// Runs before every npm script. Plain JavaScript that a Node as old as 12 can read, because its job is to be
// understood by a Node that is too old for everything else here.
var wanted = 24;
var found = Number(process.versions.node.split('.')[0]);
if (found < wanted) {
  console.error(
    'stripe-fanout needs Node ' +
      wanted +
      ' or newer; this script runs on Node ' +
      process.versions.node +
      '.\n' +
      '  `npm ci` normally brings Node 24 along (optional dependency "node"). It is missing, so either\n' +
      '  - run `npm ci` again without --ignore-scripts and --omit=optional, or\n' +
      '  - install Node 24 yourself (nodejs.org, `nvm install 24`, `brew install node@24`) and try again.',
  );
  process.exit(1);
}
