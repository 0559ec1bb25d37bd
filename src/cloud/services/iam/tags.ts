import { define, done, homeOf } from '../define.ts';
import { noSuch, tagList, unmodifiable, withoutTags } from './entities.ts';
import { HOLDERS, type HolderKind, holderOf, nameIn, nameMember, onHolder, putHolder } from './holders.ts';

function untag(holder: HolderKind) {
  return define({
    id: `iam:Untag${holder.title}`,
    summary: `take tags from a ${holder.kind}`,
    input: { ...nameMember(holder), TagKeys: { type: 'strings', required: true, help: 'keys of the tags' } },
    needs: (input, caller, world) =>
      onHolder(world, caller, holder, nameIn(holder, input), `Untag${holder.title}`, {
        'aws:TagKeys': input.TagKeys,
      }),
    effect(input, caller, world) {
      const home = homeOf(world, caller);
      const name = nameIn(holder, input);
      const target = holderOf(home, holder, name);
      if (target === undefined || !('tags' in target)) {
        return noSuch(holder.kind, name);
      }
      const problem = unmodifiable(target);
      if (problem !== null) {
        return problem;
      }
      return done(
        putHolder(world, home, holder, { ...target, tags: withoutTags(target.tags, input.TagKeys) }),
      );
    },
  });
}

function list(holder: HolderKind) {
  return define({
    id: `iam:List${holder.title}Tags`,
    summary: `list the tags of a ${holder.kind}`,
    input: nameMember(holder),
    needs: (input, caller, world) =>
      onHolder(world, caller, holder, nameIn(holder, input), `List${holder.title}Tags`),
    effect(input, caller, world) {
      const name = nameIn(holder, input);
      const target = holderOf(homeOf(world, caller), holder, name);
      return target === undefined || !('tags' in target)
        ? noSuch(holder.kind, name)
        : done(world, { Tags: tagList(target.tags) });
    },
  });
}

/** Tags of users and roles, beside the operations that set them. Groups have none. */
export const tagOperations = HOLDERS.filter(({ kind }) => kind !== 'group').flatMap((holder) => [
  untag(holder),
  list(holder),
]);
