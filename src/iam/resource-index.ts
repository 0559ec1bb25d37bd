import type { Candidate } from './policy-set.ts';

/** Lists shorter than this are as quick to go through. */
const WORTH_INDEXING = 8;

/** A radix tree over the literal beginnings of resource patterns. */
interface Node {
  /** Positions of candidates whose beginning ends here: the text read so far may be theirs. */
  readonly here: number[];
  readonly children: Map<number, Edge>;
}

interface Edge {
  label: string;
  node: Node;
}

/**
 * Finds, among many statements, the few whose resource patterns can match a resource, by how its resource part begins.
 * What it finds has still to be matched; what it leaves out cannot match.
 */
export class ResourceIndex {
  private readonly root: Node = { here: [], children: new Map() };

  /** An index over the candidates; null when they are too few, or too many of them begin with a wildcard. */
  static of(candidates: readonly Candidate[]): ResourceIndex | null {
    if (candidates.length < WORTH_INDEXING) return null;
    const index = new ResourceIndex(candidates);
    return index.root.here.length * 2 > candidates.length ? null : index;
  }

  private constructor(candidates: readonly Candidate[]) {
    for (const [position, { statement }] of candidates.entries()) {
      if (statement.resourceElement !== 'Resource') {
        this.root.here.push(position);
        continue;
      }
      for (const pattern of statement.resources) insert(this.root, pattern.literalStart() ?? '', position);
    }
  }

  /**
   * Positions of the candidates that can match, in order; null when every one can, because the resource has a colon
   * in its resource part or no resource part. `start` is where that part begins.
   */
  positions(resource: string, start: number): readonly number[] | null {
    if (start < 0 || resource.indexOf(':', start) >= 0) return null;
    let node = this.root;
    let at = start;
    let found = node.here;
    let copied = false;
    while (at < resource.length) {
      const edge = node.children.get(resource.charCodeAt(at));
      if (edge === undefined || !resource.startsWith(edge.label, at)) break;
      at += edge.label.length;
      node = edge.node;
      if (node.here.length === 0) continue;
      found = copied || found.length > 0 ? [...found, ...node.here] : node.here;
      copied = true;
    }
    return copied && found.length > 1 ? [...new Set(found)].sort((a, b) => a - b) : found;
  }
}

function insert(root: Node, text: string, position: number): void {
  let node = root;
  let rest = text;
  while (rest !== '') {
    const edge = node.children.get(rest.charCodeAt(0));
    if (edge === undefined) {
      const leaf: Node = { here: [], children: new Map() };
      node.children.set(rest.charCodeAt(0), { label: rest, node: leaf });
      node = leaf;
      break;
    }
    const shared = sharedLength(edge.label, rest);
    if (shared < edge.label.length) split(edge, shared);
    node = edge.node;
    rest = rest.slice(shared);
  }
  if (node.here[node.here.length - 1] !== position) node.here.push(position);
}

/** Puts a node in the middle of an edge. */
function split(edge: Edge, at: number): void {
  const below: Edge = { label: edge.label.slice(at), node: edge.node };
  edge.label = edge.label.slice(0, at);
  edge.node = { here: [], children: new Map([[below.label.charCodeAt(0), below]]) };
}

function sharedLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  return length;
}
