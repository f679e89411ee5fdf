/** Where the agreement of a round is shown. */
export function agreementLink(round: string): string {
  return `/agreement/${round}`;
}
