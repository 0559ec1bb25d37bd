import { expect, it } from 'vitest';
import { footerKeys, helpKeys } from '../../src/tui/key-help.ts';
import { bindingFor, bindings, type Context } from '../../src/tui/keys.ts';

it('gives no key two meanings in a context', () => {
  for (const context of new Set(bindings.map((binding) => binding.context))) {
    const keys = bindings.filter((binding) => binding.context === context).flatMap((binding) => binding.keys);
    expect(new Set(keys).size, context).toBe(keys.length);
  }
});

it('asks the most particular context first', () => {
  const back = { name: 'escape', text: '' };
  expect(bindingFor(back, ['decision', 'player', 'everywhere'])?.label).toBe('close');
  expect(bindingFor(back, ['read', 'player', 'everywhere'])?.label).toBe('back');
  expect(bindingFor({ name: 'char', text: '?' }, ['task', 'player', 'everywhere'])).toBeUndefined();
});

it('names help and a way back in every footer', () => {
  const contexts: readonly Context[] = ['read', 'run', 'choose', 'task', 'text-pane', 'decision'];
  for (const context of contexts) {
    const labels = footerKeys([context, 'player', 'everywhere'], new Set(), 0).map(({ label }) => label);
    expect(labels, context).toContain('help');
    expect(
      labels.some((label) => label === 'back' || label === 'close'),
      context,
    ).toBe(true);
  }
});

it('shows arrows as pairs and digits as a range', () => {
  expect(footerKeys(['choose'], new Set(), 3)).toContainEqual(
    expect.objectContaining({ keys: '↑↓', label: 'choose' }),
  );
  expect(footerKeys(['choose'], new Set(), 2)).toContainEqual(
    expect.objectContaining({ keys: '1–2', label: 'answer at once' }),
  );
  expect(footerKeys(['choose'], new Set(), 12)).toContainEqual(
    expect.objectContaining({ keys: '1–9', label: 'answer at once' }),
  );
  expect(helpKeys('choose')).toContainEqual({ keys: '1–9', label: 'answer at once' });
  expect(footerKeys(['task'], new Set(), 0)).toContainEqual(
    expect.objectContaining({ keys: 'Alt+↑↓', label: 'read above' }),
  );
  expect(helpKeys('player')).toContainEqual({ keys: 'Ctrl+O', label: 'zoom' });
});
