"""The page of `/authorize`: who you are, what the app wants, and allow or deny; and the page of a refusal."""

from collections.abc import Mapping
from html import escape
from string import Template
from typing import Final

from .grants import SCOPES, AuthorizationRequest

_PAGE: Final = Template("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<style>
  :root { color-scheme: dark; }
  * { box-sizing: border-box; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem;
         background: linear-gradient(160deg, #1b2a23, #101312 60%); color: #f4f6f5;
         font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
  main { width: 100%; max-width: 30rem; background: #191d1b; border-radius: 16px; padding: 2rem;
         box-shadow: 0 12px 40px #0008; }
  .where { margin: 0 0 1.5rem; font-size: .8rem; letter-spacing: .08em; text-transform: uppercase; color: #8fa69b; }
  h1 { font-size: 1.4rem; line-height: 1.3; margin: 0 0 1rem; }
  h2 { font-size: .95rem; margin: 1.5rem 0 .5rem; }
  ul { margin: 0; padding-left: 1.2rem; color: #c6d0cb; font-size: .92rem; }
  fieldset { border: 0; margin: 0; padding: 0; display: grid; gap: .5rem; }
  legend { padding: 0; margin-bottom: .5rem; font-weight: 600; font-size: .95rem; }
  label { display: flex; align-items: center; gap: .8rem; padding: .7rem .9rem; border: 1px solid #35403a;
          border-radius: 10px; cursor: pointer; }
  label:has(:checked) { border-color: #3ddc84; background: #21302a; }
  label:focus-within { outline: 2px solid #3ddc84; outline-offset: 2px; }
  input { accent-color: #3ddc84; width: 1.1rem; height: 1.1rem; margin: 0; }
  small { color: #8fa69b; margin-left: auto; }
  .decide { display: flex; gap: .8rem; margin-top: 1.8rem; }
  button { flex: 1; padding: .8rem 1rem; border-radius: 999px; border: 1px solid #4b5a52; background: none;
           color: inherit; font: inherit; font-weight: 600; cursor: pointer; }
  button[value=allow] { background: #3ddc84; border-color: #3ddc84; color: #08150e; }
  .back { margin: 1.2rem 0 0; font-size: .8rem; color: #8fa69b; overflow-wrap: anywhere; }
</style>
</head>
<body><main>
<p class="where">Simulated Spotify, on this machine only</p>
$content
</main></body>
</html>
""")

_FORM: Final = Template("""<h1>$app asks to connect to your account</h1>
<form method="post">
<fieldset>
<legend>You are</legend>
$people
</fieldset>
<h2>$app will be able to</h2>
<ul>
$scopes
</ul>
<div class="decide">
<button name="decision" value="deny">Cancel</button>
<button name="decision" value="allow">Agree</button>
</div>
</form>
<p class="back">Afterwards you return to $redirect_uri</p>
""")

_PERSON: Final = Template(
    '<label><input type="radio" name="person" value="$key" required $checked><span>$name</span>'
    "<small>$remark</small></label>"
)

_ALWAYS: Final = "See your public profile"


def authorize_page(
    request: AuthorizationRequest, people: Mapping[str, tuple[str, str]]
) -> str:
    """Return the page on which a person lets the app in or not.

    `people` maps each key to the shown name and a remark such as "Free".
    """
    choices = [
        _PERSON.substitute(
            key=escape(key),
            name=escape(name),
            remark=escape(remark),
            checked="checked" if number == 0 else "",
        )
        for number, (key, (name, remark)) in enumerate(people.items())
    ]
    wishes = [_ALWAYS, *(SCOPES[scope] for scope in request.scopes)]
    content = _FORM.substitute(
        app=escape(request.app.name),
        people="\n".join(choices),
        scopes="\n".join(f"<li>{escape(wish)}</li>" for wish in wishes),
        redirect_uri=escape(request.redirect_uri),
    )
    return _PAGE.substitute(
        title=f"Connect {escape(request.app.name)}", content=content
    )


def refusal_page(message: str) -> str:
    """Return the page that says why there is nothing to decide; Spotify shows the bare sentence."""
    return _PAGE.substitute(
        title="Something went wrong", content=f"<h1>{escape(message)}</h1>"
    )
