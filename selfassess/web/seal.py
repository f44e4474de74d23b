"""What goes between the page and the laptop in the room, sealed: `web/host.js` does the same at the other end.

From the key pair that the page makes up for each message and that of the laptop comes a secret (X25519), and from that
a key for the way there and one for the way back (BLAKE2b). The first seals one message (ChaCha20-Poly1305), so that its
nonce can be all zeros. Others could send that message again, so each answer has a nonce of its own. It protects against
people who listen on the network, but not against somebody who changes what is sent: they could hand out another page.
"""

import base64
import hashlib
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

KEY_LENGTH = 32
_NONCE = bytes(12)


class NotSealedError(ValueError):
    """This was not sealed for this laptop, or was changed on the way."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The content of a sealed message, and the key to seal its answer with."""

    content: bytes
    _secret: bytes

    def answered(self, content: bytes) -> bytes:
        """Seal the answer, its nonce before it."""
        nonce = secrets.token_bytes(len(_NONCE))
        return nonce + ChaCha20Poly1305(_key("answer", self._secret)).encrypt(nonce, content, None)


class Seal:
    """A key pair that lasts as long as the laptop hands out the page."""

    def __init__(self) -> None:
        self._private = X25519PrivateKey.generate()

    @property
    def public(self) -> str:
        """The public key, in base64 for addresses: 43 characters."""
        return base64.urlsafe_b64encode(self._public).decode().rstrip("=")

    @property
    def _public(self) -> bytes:
        return self._private.public_key().public_bytes_raw()

    def open(self, message: bytes) -> Opened:
        """Open a message from the page. NotSealedError if it was not sealed for this laptop."""
        theirs, sealed = message[:KEY_LENGTH], message[KEY_LENGTH:]
        try:
            shared = self._private.exchange(X25519PublicKey.from_public_bytes(theirs))
            secret = theirs + self._public + shared
            return Opened(ChaCha20Poly1305(_key("sheet", secret)).decrypt(_NONCE, sealed, None), secret)
        except (ValueError, InvalidTag) as error:
            raise NotSealedError from error


def _key(what: str, secret: bytes) -> bytes:
    return hashlib.blake2b(secret, digest_size=KEY_LENGTH, key=f"selfassess {what}".encode()).digest()
