import { writeFileSync } from 'node:fs';
import { objectFieldsSource } from './contracts/object-fields-source.ts';

writeFileSync(new URL('../shared/contracts/object-fields.generated.ts', import.meta.url), objectFieldsSource());
