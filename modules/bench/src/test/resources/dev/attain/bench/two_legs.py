"""A proxy in front of a prefill and a decode engine: python two_legs.py PREFILL_URL DECODE_URL. Prints its port.

Each POST goes to the prefill engine for one token first, and then as it was, with what that answered about its KV, to
the decode engine, whose bytes are passed on as they come. Ends with its standard input.
"""
import http.client
import http.server
import json
import sys
import threading
import urllib.parse

PREFILL, DECODE = (urllib.parse.urlparse(url).netloc for url in sys.argv[1:3])


class TwoLegs(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def ask(self, address, method, body=None):
        connection = http.client.HTTPConnection(address, timeout=60)
        connection.request(method, self.path, body, {"Content-Type": "application/json"} if body else {})
        return connection.getresponse()

    def pass_on(self, answer):
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.getheader("Content-Type") or "text/plain")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        while piece := answer.read1(65536):
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.flush()
        self.wfile.write(b"0\r\n\r\n")

    def do_GET(self):
        self.pass_on(self.ask(DECODE, "GET"))

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        leg = {key: value for key, value in body.items() if key not in ("stream_options", "min_tokens")}
        leg.update(stream=False, max_tokens=1, kv_transfer_params={"do_remote_decode": True})
        prefilled = self.ask(PREFILL, "POST", json.dumps(leg))
        answer = json.loads(prefilled.read())
        if prefilled.status == 200:
            body["kv_transfer_params"] = answer["kv_transfer_params"]
        self.pass_on(self.ask(DECODE, "POST", json.dumps(body)))

    def log_message(self, *arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), TwoLegs)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_port, flush=True)
sys.stdin.read()
