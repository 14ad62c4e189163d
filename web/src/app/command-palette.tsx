export default function CommandPalette(_: { request: number }) {
  return null;
}
