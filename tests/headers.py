"""What every answer must tell the browser, as a list of what is missing."""

from http.cookies import SimpleCookie

POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'", "font-src 'self'",
    "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'", "object-src 'none'",
}  # fmt: skip
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def faults_of_headers(response, *, secure=False, cached=False):
    """Name the headers that are missing or too wide; `secure` is the server profile, `cached` what never changes."""
    headers = dict(response.items())
    policy = {part.strip() for part in headers.get("Content-Security-Policy", "").split(";")}
    faults = [] if policy == POLICY else [f"the policy differs by {sorted(policy ^ POLICY)}"]
    faults += [
        f"{name} is {headers.get(name)}" for name, value in FIXED.items() if headers.get(name) != value
    ]
    faults += [f"{name} is sent" for name in headers if name.lower().startswith("access-control-")]
    if not cached and "no-store" not in headers.get("Cache-Control", ""):
        faults.append(f"kept by caches: {headers.get('Cache-Control')}")
    if secure and not headers.get("Strict-Transport-Security", "").startswith("max-age=31536000"):
        faults.append("no HSTS of a year")
    return faults + faults_of_cookies(response.cookies, secure=secure)


def faults_of_cookies(cookies: SimpleCookie, *, secure=False):
    faults = []
    for name, cookie in cookies.items():
        if cookie["max-age"] == 0:
            continue  # is being deleted
        faults += [] if cookie["httponly"] else [f"scripts may read the cookie {name}"]
        faults += [] if cookie["samesite"] == "Lax" else [f"other sites send the cookie {name}"]
        if secure and not (cookie["secure"] and name.startswith("__Host-") and cookie["path"] == "/"):
            faults.append(f"the cookie {name} is sent without https or may be set for a subdomain")
    return faults
