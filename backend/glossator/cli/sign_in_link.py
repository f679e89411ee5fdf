"""`glossator sign-in-link EMAIL`: a new one-time link for somebody who can't sign in."""

from glossator.cli.options import DataOption
from glossator.refusal import Refusal


def sign_in_link(email: str, data: DataOption = None) -> None:
    """Print a one-time sign-in link for this person (24 hours)."""
    from glossator.cli.installation import open_database, public_url
    from glossator.people.service import account_of, new_link

    with open_database(data) as database, database.transaction() as session:
        account = account_of(session, email)
        if account is None:
            raise Refusal(f"Nobody here has the address {email}; `glossator user add` makes an account.")
        token = new_link(session, account)
    print(f"Sign in: {public_url(data)}/sign-in/{token}")
