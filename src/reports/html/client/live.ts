/** Where the page is served: loads it again when the record has changed. What is open and where it was scrolled to stays, as the address keeps it. */
export function openLive(): void {
  const address = document.querySelector<HTMLMetaElement>('meta[name="docket-live"]')?.content;
  if (address === undefined) return;
  const events = new EventSource(address);
  events.addEventListener('change', () => {
    events.close();
    location.reload();
  });
  addEventListener('pagehide', () => events.close());
}
