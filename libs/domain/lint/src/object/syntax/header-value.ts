/** Where the reader is in Envoy's format: in plain text, or somewhere in `%NAME(["a", "b"])%`. */
type Place = 'text' | 'name' | 'arguments' | 'string' | 'delimiter' | 'quote' | 'close' | 'end';

type Step = Place | { readonly fault: string };

const fault = (text: string): Step => ({ fault: text });

/** Each place: where a character leads. */
const steps: Readonly<Record<Place, (character: string) => Step>> = {
  text: (c) => (c === '%' ? 'name' : 'text'),
  name: (c) => (c === '%' ? 'text' : c === '(' ? 'arguments' : 'name'),
  arguments: (c) => (c === '[' ? 'quote' : c === ' ' ? 'arguments' : 'string'),
  string: (c) => (c === ')' ? 'end' : c === '"' ? 'delimiter' : 'string'),
  delimiter: (c) =>
    c === ',' ? 'quote' : c === ']' ? 'close' : c === ' ' ? 'delimiter' : fault('expected , or ]'),
  quote: (c) => (c === '"' ? 'string' : c === ' ' ? 'quote' : fault('expected "')),
  close: (c) => (c === ')' ? 'end' : c === ' ' ? 'close' : fault('expected )')),
  end: (c) => (c === '%' ? 'text' : c === ' ' ? 'end' : fault('expected %')),
};

/** What keeps the text from being a header value in Envoy's format: `%` is `%%`, or opens a variable. */
export function headerFormatFault(value: string): string | undefined {
  let place: Place = 'text';
  for (let at = 0; at < value.length; at++) {
    const character = value.charAt(at);
    if (escapesNext(place, character, value.charAt(at + 1))) {
      if (++at === value.length) return `it ends in a lone ${character}`;
      continue;
    }
    const step: Step = steps[place](character);
    if (typeof step !== 'string') return step.fault;
    place = step;
  }
  return place === 'text' ? undefined : 'a variable that begins with % does not end';
}

function escapesNext(place: Place, character: string, following: string): boolean {
  if (place === 'text') return character === '%' && (following === '%' || following === '');
  return place === 'string' && character === '\\';
}
