import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { MODULES } from '#server/modules/index.ts';
import { createRegistry } from '#server/runtime/registry.ts';
import { BUNDLES } from './bundle-functions.ts';
import { PlayheadStack } from './stack/playhead-stack.ts';
import { readSettings } from './stack/settings.ts';

/* The CDK app: `cdk` starts it, and reads what it leaves. */

const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
const settings = readSettings((name) => app.node.tryGetContext(name));
new PlayheadStack(app, { settings, bundles: BUNDLES, registry: createRegistry(MODULES) });
app.synth();
