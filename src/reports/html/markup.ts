/** Elements that the page may hold: none that loads, embeds, submits or styles. */
export type Tag =
  | 'a' | 'abbr' | 'article' | 'aside' | 'b' | 'blockquote' | 'button' | 'caption' | 'code' | 'dd' | 'del' | 'details' | 'dialog' | 'div' | 'dl' | 'dt' | 'em' | 'figcaption' | 'figure'
  | 'footer' | 'h1' | 'h2' | 'h3' | 'h4' | 'h5' | 'h6' | 'header' | 'hr' | 'input' | 'kbd' | 'label' | 'li' | 'main' | 'mark' | 'nav' | 'ol' | 'option' | 'p' | 'pre' | 'search' | 'section'
  | 'select' | 'small' | 'span' | 'strong' | 'summary' | 'table' | 'tbody' | 'td' | 'th' | 'thead' | 'time' | 'tr' | 'ul'
  | 'svg' | 'g' | 'path' | 'rect' | 'circle' | 'line' | 'text' | 'title' | 'tspan';

/** Attributes that the page may hold: none that runs a script, styles, or fetches. `href` is judged besides, see `safeHref`. */
export type AttributeName =
  | 'aria-current' | 'aria-describedby' | 'aria-expanded' | 'aria-hidden' | 'aria-label' | 'aria-labelledby' | 'aria-live' | 'aria-pressed' | 'aria-sort' | 'autocomplete' | 'class' | 'colspan'
  | 'data-age' | 'data-kind' | 'data-label' | 'data-line' | 'data-open' | 'data-phase' | 'data-sort' | 'data-trigger' | 'data-view' | 'datetime' | 'disabled' | 'for' | 'href' | 'id' | 'open' | 'placeholder' | 'rel' | 'role' | 'scope' | 'spellcheck'
  | 'start' | 'tabindex' | 'title' | 'type' | 'value'
  | 'viewBox' | 'x' | 'y' | 'x1' | 'y1' | 'x2' | 'y2' | 'cx' | 'cy' | 'r' | 'd' | 'width' | 'height' | 'text-anchor' | 'preserveAspectRatio' | 'focusable';

export type Attributes = { readonly [Name in AttributeName]?: string | number | boolean | null | undefined };

/** A piece of the page as a plain value; the server prints it, the browser builds it. Texts in it are texts, never markup. */
export interface Markup {
  tag: Tag;
  attributes: Attributes;
  children: readonly Child[];
}

export type Child = Markup | string;
type Given = Child | null | false | readonly Given[];

/** An element; lists among the children are flattened, null and false left out. */
export function h(tag: Tag, attributes: Attributes = {}, ...children: Given[]): Markup {
  return { tag, attributes, children: flatten(children) };
}

function flatten(given: readonly Given[]): Child[] {
  return given.flatMap((each): readonly Child[] => {
    if (each === null || each === false || each === '') return [];
    return isList(each) ? flatten(each) : [each];
  });
}

function isList(given: Given): given is readonly Given[] {
  return Array.isArray(given);
}

/** Where a link may lead: into the page, or to a web address when somebody clicks it. Null for anything else, `javascript:` among it. */
export function safeHref(address: string): string | null {
  return /^(?:#|https?:\/\/)/iu.test(address) ? address : null;
}

/** The attributes that are there, as texts; a switch has the empty one. */
export function* attributesOf({ attributes }: Markup): Generator<[string, string]> {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    const text = value === true ? '' : String(value);
    if (name !== 'href') yield [name, text];
    else if (safeHref(text) !== null) yield [name, text];
  }
}

/** The link to an entry, a commit or a phase of the page: its id is the fragment, which works without a script where the page has it. */
export function hrefOf(id: string): string {
  return `#${encodeURIComponent(id).replaceAll('%3A', ':').replaceAll('%2F', '/')}`;
}
