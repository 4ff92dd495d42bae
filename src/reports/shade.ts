/** What a mark says at a glance; how it is painted is the business of the terminal or the page. */
export type Shade = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';
