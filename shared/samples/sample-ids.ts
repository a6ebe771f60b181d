/** Ids by which the samples refer to each other: one bicycle shop, one customer, one subscription, one of each thing. */
export const IDS = {
  account: 'acct_1SfExampleCycles01',
  application: 'ca_SfExamplePlatform0000000000001',
  applicationFee: 'fee_1SfExampleFee000000000001',
  authorization: 'iauth_1SfExampleAuthorization01',
  balanceTransaction: 'txn_1SfExampleBalance0000001',
  bankAccount: 'ba_1SfExampleBankAccount00001',
  card: 'card_1SfExampleCustomerCard001',
  cardholder: 'ich_1SfExampleCardholder00001',
  charge: 'ch_3SfExampleCharge0000000001',
  checkoutSession: 'cs_test_a1SfExampleCheckoutSession0000000000000000000000001',
  clock: 'clock_1SfExampleClock000000001',
  coupon: 'SfSpring25',
  creditGrant: 'credgr_1SfExampleGrant0000001',
  creditNote: 'cn_1SfExampleCreditNote000001',
  customer: 'cus_SfExampleRider1',
  dispute: 'du_1SfExampleDispute000000001',
  feature: 'feat_SfExampleWorkshop01',
  file: 'file_1SfExampleFile0000000001',
  invoice: 'in_1SfExampleInvoice000000001',
  invoiceItem: 'ii_1SfExampleInvoiceItem00001',
  invoiceLine: 'il_1SfExampleInvoiceLine00001',
  issuingCard: 'ic_1SfExampleIssuedCard000001',
  issuingDispute: 'idp_1SfExampleIssuingDispute1',
  issuingTransaction: 'ipi_1SfExamplePurchase0000001',
  mandate: 'mandate_1SfExampleMandate00001',
  meter: 'mtr_1SfExampleMeter0000000001',
  paymentIntent: 'pi_3SfExamplePayment000000001',
  paymentLink: 'plink_1SfExampleLink0000000001',
  paymentMethod: 'pm_1SfExampleMethod0000000001',
  person: 'person_1SfExamplePerson0000001',
  personalizationDesign: 'ipcd_SfExampleDesign0001',
  plan: 'price_1SfExampleServicePlan001',
  portalConfiguration: 'bpc_1SfExamplePortal000000001',
  price: 'price_1SfExampleMonthly0000001',
  product: 'prod_SfExampleService1',
  promotionCode: 'promo_1SfExamplePromotion00001',
  reader: 'tmr_SfExampleReader001',
  refund: 're_3SfExampleRefund0000000001',
  setupIntent: 'seti_1SfExampleSetup0000000001',
  source: 'src_1SfExampleSource000000001',
  subscription: 'sub_1SfExampleSubscription0001',
  subscriptionItem: 'si_SfExampleItem0001',
  taxCode: 'txcd_10000000',
  taxId: 'txi_1SfExampleTaxId0000000001',
  taxRate: 'txr_1SfExampleTaxRate00000001',
  token: 'intok_1SfExampleToken000000001',
  transfer: 'tr_3SfExampleTransfer00000001',
} as const;

/** Unix seconds at which the samples' world stands still, and the start and end of its billing month. */
export const CREATED = 1_790_000_000;

/** The same moment as API v2 writes it. */
export const ISO_CREATED = '2026-09-21T14:13:20.000Z';

export const PERIOD_END = CREATED + 30 * 86_400;
