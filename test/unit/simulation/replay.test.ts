import { expect, it } from 'vitest';
import { replay } from '../../simulation/explore.ts';
import { NoSuchChoice } from '../../simulation/no-such-choice.ts';
import { ingress } from '../../simulation/programs/ingress.ts';
import { RANDOM } from '../../simulation/programs.ts';

it.each(['foo', 'land:foo'])('refuses a schedule that its program cannot have: %s', async (choice) => {
  await expect(replay(ingress(), RANDOM, [choice])).rejects.toThrow(NoSuchChoice);
});
