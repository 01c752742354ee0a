# SPDX-License-Identifier: GPL-2.0-or-later
"""See hostile.sh."""
import random
import socket
import sys
from urllib.parse import quote, urlsplit

from client import Site, check, finish

url = sys.argv[1]
place = urlsplit(url)


def send(data, wait=2.0):
    """All that comes back for DATA until the server closes, or until nothing comes for WAIT seconds."""
    got = b""
    with socket.create_connection((place.hostname, place.port), timeout=wait) as connection:
        try:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            while True:
                piece = connection.recv(65536)
                if not piece:
                    break
                got += piece
        except OSError:
            pass  # it has been closed
    return got


def code(data):
    """The code of the first answer to DATA; 0 when the connection was closed without one."""
    got = send(data)
    return int(got[9:12]) if got.startswith(b"HTTP/1.") else 0


def get(target, *fields):
    return b"GET " + target + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + b"".join(f + b"\r\n" for f in fields) + b"\r\n"


# --- paths to files: there is no such thing ---

for target in ("/../../etc/passwd", "/doc/../../../etc/passwd", "/source/../../etc/passwd", "/style.css/../../etc/passwd",
               "/source/%2e%2e%2f%2e%2e%2fetc%2fpasswd/1", "/%2e%2e/%2e%2e/etc/passwd", "/..%5c..%5cetc", "//etc/passwd",
               "/source/yungang-2024-03.txt/1", "/doc/%2Fetc%2Fpasswd", "/issue/%2e%2e", "/index/iamglass"):
    answer = Site(url).ask(target, raw=True)
    check(answer.code == 404 and b"root:" not in answer.body, target, answer.code)

# --- what is no address ---

for target in (b"/%", b"/%4", b"/%zz", b"/search?q=%00", b"/search?q=%ff%fe", b"/search?q=%c0%af", b"/search?q=%ed%a0%80", b"/doc/%01",
               b"/search?q=%1b%5b31m", b"/search?q=\xff", b"/search?" + b"a=1&" * 80, b"/a" * 30):
    check(code(get(target)) in (400, 404), target[:40], code(get(target)))
check(code(get(b"/search?q=" + b"a" * 9000)) == 414, "a long address")
check(code(get(b"/" + b"a" * 200000)) in (0, 414, 431), "a very long address")
check(code(get(b"/", *[b"X-%d: %s" % (n, b"v" * 1000) for n in range(100)])) in (0, 413, 431), "many fields")
check(code(get(b"/search?q=" + quote("教" * 800).encode())) in (200, 400), "a long query")
check(code(get(b"http://elsewhere/healthz")) == 200, "a whole address")

# --- what is no request ---

for data in (b"", b"\r\n\r\n", b"GET\r\n\r\n", b"GET /\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00", b"GET / HTTP/1.1\r\n\r\n",
             b"\x00" * 4096, b"GET / HTTP/1.1\r\nHost a\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
             b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n"):
    check(code(data) in (0, 200, 400, 413, 505), data[:40], code(data))
for method in (b"POST", b"PUT", b"DELETE", b"OPTIONS", b"TRACE", b"CONNECT", b"FOO"):
    check(code(method + b" / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n") == 405, method)
# Content is refused unread, and what follows it is not taken for a request.
smuggled = b"GET /help HTTP/1.1\r\nHost: a\r\n\r\n"
for fields in (b"Content-Length: %d" % len(smuggled), b"Transfer-Encoding: chunked"):
    got = send(b"GET / HTTP/1.1\r\nHost: a\r\n" + fields + b"\r\n\r\n" + smuggled)
    check(got.startswith(b"HTTP/1.1 413") and got.count(b"HTTP/1.1 ") == 1, fields, got[:60])
got = send(get(b"/search?q=a", b"Host: b\r\nX: y"))
check(got.startswith(b"HTTP/1.1 "), "two hosts", got[:40])
got = send(get(b"/feed?q=" + quote("教育").encode()).replace(b"Host: a", b"Host: evil\"><x>"))
check(b"<x>" not in got, "a host that is markup")

# --- many at once on one connection ---

got = send(b"".join(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n" for _ in range(50)) + get(b"/healthz"))
check(got.count(b"HTTP/1.1 200") == 51, "pipelined:", got.count(b"HTTP/1.1 200"))

# --- who is slow does not hinder others ---

slow = []
for number in range(100):
    connection = socket.create_connection((place.hostname, place.port))
    connection.sendall(b"GET /search?q=a HTTP/1.1\r\nHost: a\r\nX-Slow: ")
    slow.append(connection)
reader = socket.create_connection((place.hostname, place.port))
reader.sendall(get(b"/api/search?class=document&extract&format=ndjson"))  # and never reads
check(Site(url).ask("/healthz").code == 200, "slow clients hinder others")
for connection in [*slow, reader]:
    connection.close()

# --- chance ---

source = random.Random(20240308)
for number in range(150):
    good = bytearray(get(b"/search?q=%E6%95%99%E8%82%B2&level=unit", b"Accept-Language: zh;q=0.8,en"))
    for _ in range(source.randint(1, 6)):
        good[source.randrange(len(good))] = source.randrange(256)
    send(bytes(good), wait=0.3)
check(Site(url).ask("/healthz").code == 200, "the server does not answer any more")
finish()
