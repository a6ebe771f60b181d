import { EventEmitter } from 'node:events';

/** What can be watched while the runtime works, for tests, the demo and the terminal. */
export interface RuntimeEvents {
  /** The bus accepted an entry. */
  published: [
    {
      readonly id: string;
      readonly bus: string;
      readonly source: string;
      readonly detailType: string;
      readonly detail: string;
    },
  ];
  /** A rule's target has an event. */
  delivered: [{ readonly id: string; readonly rule: string; readonly queue: string }];
  /** A rule started a state machine, which does not run here. */
  started: [{ readonly id: string; readonly rule: string; readonly stateMachine: string; readonly input: string }];
  /** A rule's target did not take an event. `dlq` is where it is now; without one it is lost, as in EventBridge. */
  undelivered: [
    { readonly id: string; readonly rule: string; readonly errorCode: string; readonly dlq: string | undefined },
  ];
  /** The templates do not allow what somebody tried. `by` is the statement that forbids it, if one does. */
  denied: [
    {
      readonly principal: string;
      readonly action: string;
      readonly resource: string;
      readonly reason: string;
      readonly by: string | undefined;
    },
  ];
  /** A function ended, well or not. */
  invoked: [
    {
      readonly function: string;
      readonly requestId: string;
      /** JSON text of what it was invoked with. */
      readonly payload: string;
      readonly ok: boolean;
      readonly durationMs: number;
      readonly error: string | undefined;
    },
  ];
  /**
   * A client of the AWS endpoint sent a call once more: to its try before it got an error, or no answer. `fault` is the
   * error of the fault which that try met, if it met one.
   */
  'call-repeated': [{ readonly operation: string; readonly body: Buffer; readonly fault: string | undefined }];
  /** A queue gave a message up. */
  'dead-lettered': [
    { readonly queue: string; readonly dlq: string; readonly messageId: string; readonly body: string },
  ];
  /** Something ended; whoever waits for silence looks again. */
  changed: [];
}

export class Observations extends EventEmitter<RuntimeEvents> {
  constructor() {
    super();
    // Each test that waits adds one listener; there is no leak to warn of.
    this.setMaxListeners(0);
  }
}
