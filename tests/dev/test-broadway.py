#!/usr/bin/env python3
"""Without a display, `build-aux/dev run` serves the app to a web browser: fetches the page, opens
the socket as a browser does, and holds that a window is painted there and gone with the app."""

import base64
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SECONDS = 60


def start(folder):
    env = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "GDK_BACKEND")}
    command = [TOP + "/build-aux/dev", "run", "--data", folder + "/replica", "--key-file", folder + "/key"]
    return subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True)


def read_port(app):
    for line in app.stderr:
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
        if found:
            return int(found[1])
    sys.exit("no address was printed")


def open_socket(port):
    client = socket.create_connection(("127.0.0.1", port), 5)
    client.settimeout(5)
    lines = [
        "GET /socket HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        f"Origin: http://127.0.0.1:{port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: " + base64.b64encode(os.urandom(16)).decode(),
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Protocol: broadway",
    ]
    client.sendall("".join(line + "\r\n" for line in lines + [""]).encode())
    return client


def count_images(client, wanted):
    """Texts and icons come as pictures."""
    data = b""
    try:
        while data.count(b"\x89PNG") < wanted:
            part = client.recv(65536)
            if not part:
                break
            data += part
    except TimeoutError:
        pass
    assert data.startswith(b"HTTP/1.1 101"), data[:80]
    return data.count(b"\x89PNG")


def wait_for_window(port):
    """The server answers before the app has its window."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        with open_socket(port) as client:
            if count_images(client, 8) >= 8:
                return
    sys.exit("no window was painted")


def is_served(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


with tempfile.TemporaryDirectory() as folder:
    app = start(folder)
    try:
        port = read_port(app)
        page = urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).read()
        assert b"broadway.js" in page, page[:200]
        wait_for_window(port)
        assert os.path.exists(folder + "/replica/replica.db")
    finally:
        app.terminate()
        app.wait(SECONDS)
    end = time.monotonic() + 10
    while is_served(port) and time.monotonic() < end:
        time.sleep(0.05)
    assert not is_served(port), "the server is left"
