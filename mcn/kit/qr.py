"""QR codes on screens."""

import base64

import qrcode
from qrcode.image.svg import SvgPathImage


def qr_image(text, *, border=2):
    """The QR code of an address as the ``src`` of an image that needs no request of its own."""
    image = qrcode.make(text, image_factory=SvgPathImage, border=border).to_string()
    return f"data:image/svg+xml;base64,{base64.b64encode(image).decode()}"
