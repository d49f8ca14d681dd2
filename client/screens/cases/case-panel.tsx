export function CasePanel() {
  return null;
}
