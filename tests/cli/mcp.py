# SPDX-License-Identifier: GPL-2.0-or-later
"""A client of the Model Context Protocol that asks a gazette-search --mcp everything, right and wrong.

usage: python3 mcp.py GAZETTE_SEARCH INDEX

Prints what is not as it should be, and fails when there is any.
"""
import json
import subprocess
import sys
import threading

META = {"_meta": {"io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientCapabilities": {}}}
LEGACY = ("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05")
PARSE_ERROR, INVALID_REQUEST, UNKNOWN_METHOD, INVALID_PARAMS, UNSUPPORTED_VERSION = -32700, -32600, -32601, -32602, -32022
failures = 0


def expect(what, got, wanted):
    global failures
    if got != wanted:
        failures += 1
        print("FAILED: %s is %.300r, not %.300r" % (what, got, wanted))


class Server:
    """The server as a client sees it: lines in, lines out."""

    def __init__(self, program, index):
        self.command = [program, "--index", index]
        self.process = subprocess.Popen(self.command + ["--mcp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.last_id = 0

    def send(self, message):
        line = message if isinstance(message, bytes) else json.dumps(message, ensure_ascii=False).encode()
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()

    def receive(self):
        return json.loads(self.process.stdout.readline())

    def ask(self, message):
        self.send(message)
        return self.receive()

    def request(self, method, params=None):
        self.last_id += 1
        message = {"jsonrpc": "2.0", "id": self.last_id, "method": method}
        answer = self.ask(message if params is None else dict(message, params=params))
        expect("the id of an answer", answer.get("id"), self.last_id)
        return answer

    def call(self, tool, **arguments):
        names = {name.replace("_", "-"): value for name, value in arguments.items()}
        return self.request("tools/call", dict(META, name=tool, arguments=names))["result"]

    def command_line(self, *arguments):
        """What the command itself prints."""
        done = subprocess.run(self.command + ["--format", "json", "--limit", "100", *arguments], stdout=subprocess.PIPE, check=False)
        return done.stdout.decode()

    def initialize(self, version):
        answer = self.request("initialize", {"protocolVersion": version, "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}})
        self.send({"jsonrpc": "2.0", "method": "notifications/initialized"})
        return answer["result"]

    def end(self):
        self.process.stdin.close()
        return self.process.wait(30)


def code(answer):
    return answer.get("error", {}).get("code")


def check_agreement(new):
    for version in LEGACY:
        server = new()
        expect("a request without a version", code(server.request("tools/list")), INVALID_PARAMS)
        expect("ping before that", server.request("ping").get("result"), {})
        result = server.initialize(version)
        expect("the version", result["protocolVersion"], version)
        expect("the capabilities", result["capabilities"], {"tools": {}})
        tools = server.request("tools/list")["result"]["tools"]
        expect("output schemas in " + version, all("outputSchema" in tool for tool in tools), version >= "2025-06-18")
        called = server.request("tools/call", {"name": "number", "arguments": {"number": "云政发〔2024〕8号"}})["result"]
        expect("structured content in " + version, "structuredContent" in called, version >= "2025-06-18")
        expect("resultType in " + version, "resultType" in called, False)
        expect("exit status", server.end(), 0)
    server = new()
    expect("the version for an unknown one", server.initialize("2099-01-01")["protocolVersion"], LEGACY[0])
    expect("initialize without a version", code(server.request("initialize", {})), INVALID_PARAMS)
    server.end()


def check_discovery(server):
    result = server.request("server/discover", META)["result"]
    expect("the versions", result["supportedVersions"], ["2026-07-28", *LEGACY])
    expect("resultType", result["resultType"], "complete")
    expect("the server", result["_meta"]["io.modelcontextprotocol/serverInfo"]["name"], "gazette-search")
    answer = server.request("tools/list", {"_meta": dict(META["_meta"], **{"io.modelcontextprotocol/protocolVersion": "1900-01-01"})})
    expect("an unknown version", code(answer), UNSUPPORTED_VERSION)
    expect("what is told of it", answer["error"]["data"]["requested"], "1900-01-01")
    answer = server.request("tools/list", {"_meta": {"io.modelcontextprotocol/protocolVersion": "2026-07-28"}})
    expect("no capabilities", code(answer), INVALID_PARAMS)


def check_tools(server):
    tools = server.request("tools/list", META)["result"]["tools"]
    expect("the tools", [tool["name"] for tool in tools], ["search", "number", "show", "cites"])
    for tool in tools:
        schema = tool["inputSchema"]
        expect("the schema of " + tool["name"], (schema["type"], schema["additionalProperties"]), ("object", False))
        expect("required of " + tool["name"], set(schema["required"]) <= set(schema["properties"]), True)
        expect("dashes in " + tool["name"], [p for p in schema["properties"].values() if "--" in p["description"]], [])
        expect("types of " + tool["name"], {p["type"] for p in schema["properties"].values()} <= {"string", "integer", "boolean"}, True)
        expect("only reads " + tool["name"], tool["annotations"]["readOnlyHint"], True)


def check_answers(server):
    """What a tool answers is what the command prints."""
    for command, tool, arguments in (
            (["三大工程，每年改造校园运动场"], "search", {"query": "三大工程，每年改造校园运动场"}),
            (["--unit", "市教育局", "--role", "lead", "--level", "unit", "--facets"], "search",
             {"unit": "市教育局", "role": "lead", "level": "unit", "facets": True, "limit": 100}),
            (["--keyword", "教育", "--since", "2024-01", "--excerpts", "1"], "search",
             {"keyword": "教育", "since": "2024-01", "excerpts": 1, "exact": False, "limit": 100}),
            (["--calendar", "2024-03"], "search", {"calendar": "2024-03"}),
            (["--series", "云政发〔2024〕", "--gaps"], "search", {"series": "云政发〔2024〕", "gaps": True}),
            (["--number", "雲政發２０２４第八號"], "number", {"number": "雲政發２０２４第八號"}),
            (["--number", "国办发[2023]41"], "number", {"number": "国办发[2023]41"}),
            (["--number", "云政发〔2024〕80号"], "number", {"number": "云政发〔2024〕80号"}),
            (["--show", "云政发〔2024〕8号 二（一）", "--context", "1"], "show", {"show": "云政发〔2024〕8号 二（一）", "context": 1}),
            (["--cites", "云政发〔2024〕8号"], "cites", {"cites": "云政发〔2024〕8号"}),
            (["--cited-by", "云政办〔2024〕21号"], "cites", {"cited_by": "云政办〔2024〕21号"}),
            (["--cited-not-held"], "cites", {"cited_not_held": True})):
        limited = {} if "query" in arguments else {"limit": 100}
        printed = server.command_line(*command)
        result = server.call(tool, **{**limited, **arguments, **({"limit": 100} if "query" in arguments else {})})
        expect("the error of " + str(command), result["isError"], False)
        expect("the text of " + str(command), result["content"][0]["text"], printed)
        expect("the object of " + str(command), result["structuredContent"], json.loads(printed))
    expect("at most 100 hits", len(server.call("search", query="的", level="unit", limit=0)["structuredContent"]["hits"]), 100)


def check_wrong_arguments(server):
    for tool, arguments, wanted in (
            ("search", {"query": "(教育 OR 医疗"}, "column"), ("search", {"query": 7}, "query"), ("search", {"limit": "x"}, "limit"),
            ("search", {"query": "教育", "limit": -1}, "limit"), ("search", {"query": "教育", "limit": 2**62}, "limit"),
            ("search", {"facets": 1}, "facets"), ("search", {"unit": "市教育局", "role": "boss"}, "role"),
            ("search", {"nonsense": 1}, "nonsense"), ("search", {"unit": "市教育局", "keyword": "教育"}, "one at a time"),
            ("search", {"query": "教育", "unit": "市教育局"}, "教育"), ("search", {"index": "/etc"}, "index"),
            ("number", {}, "number"), ("number", {"number": ""}, ""), ("number", {"number": "公报"}, "公报"),
            ("show", {}, "show"), ("cites", {}, "cites")):
        result = server.call(tool, **arguments)
        expect("isError of %s %s" % (tool, arguments), result["isError"], True)
        expect("the text of %s %s" % (tool, arguments), wanted in result["content"][0]["text"], True)
    expect("an unknown tool", code(server.request("tools/call", dict(META, name="rm"))), INVALID_PARAMS)
    expect("no tool", code(server.request("tools/call", META)), INVALID_PARAMS)
    expect("arguments that are a list", code(server.request("tools/call", dict(META, name="search", arguments=[]))), INVALID_PARAMS)
    expect("an unknown method", code(server.request("resources/list", META)), UNKNOWN_METHOD)


def check_malformed(server):
    for message, wanted in (
            (b"{", PARSE_ERROR), (b"\xff\xfe", PARSE_ERROR), (b'{"jsonrpc":"2.0","id":1,"method":"\\u0000"}', PARSE_ERROR),
            (b"nonsense", PARSE_ERROR), (b"[" * 5000, PARSE_ERROR), (b'"text"', PARSE_ERROR), (b"[]", INVALID_REQUEST), (b"{}", INVALID_REQUEST),
            (b'{"jsonrpc":"1.0","id":1,"method":"ping"}', INVALID_REQUEST), (b'{"jsonrpc":"2.0","id":null,"method":"ping"}', INVALID_REQUEST),
            (b'{"jsonrpc":"2.0","id":{},"method":"ping"}', INVALID_REQUEST), (b'{"jsonrpc":"2.0","id":1,"method":7}', INVALID_REQUEST),
            (b'{"jsonrpc":"2.0","id":1,"method":"ping","params":[1]}', INVALID_PARAMS),
            (b"[" + b"{}," * 100 + b"{}]", INVALID_REQUEST), (b'{"x":"' + b"a" * 2000000 + b'"}', INVALID_REQUEST)):
        expect("%.60r" % message, code(server.ask(message)), wanted)
    for silent in (b"", b"   ", b'{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}',
            b'{"jsonrpc":"2.0","method":"no/such/thing"}', b'{"jsonrpc":"2.0","id":9,"result":{}}', b'[{"jsonrpc":"2.0","method":"x"}]'):
        server.send(silent)
    expect("the answer behind silence", server.request("ping").get("result"), {})
    batch = server.ask([{"jsonrpc": "2.0", "id": "a", "method": "ping"}, {"jsonrpc": "2.0", "method": "x"}, 7, {"jsonrpc": "2.0", "id": "b",
        "method": "tools/call", "params": dict(META, name="number", arguments={"number": "云政发〔2024〕8号"})}])
    expect("a batch", [(answer["id"], code(answer)) for answer in batch], [("a", None), (None, INVALID_REQUEST), ("b", None)])
    expect("an escaped question", server.call("search", keyword="\x1b[31m\"\\教育")["isError"], False)


def check_many(server):
    """Questions may be sent ahead; answers come in their order."""
    count = 100
    lines = b"".join(json.dumps({"jsonrpc": "2.0", "id": n, "method": "tools/call",
        "params": dict(META, name="search", arguments={"keyword": "教育", "limit": 1})}).encode() + b"\n" for n in range(count))
    writer = threading.Thread(target=lambda: (server.process.stdin.write(lines), server.process.stdin.flush()))
    writer.start()
    expect("the order of answers", [server.receive()["id"] for _ in range(count)], list(range(count)))
    writer.join()


def main(program, index):
    def new():
        return Server(program, index)

    check_agreement(new)
    server = new()
    for check in (check_discovery, check_tools, check_answers, check_wrong_arguments, check_malformed, check_many):
        check(server)
    expect("exit status at the end of input", server.end(), 0)
    server = Server(program, index + "-not-there")
    result = server.call("search", query="教育")
    expect("no index", (result["isError"], "no index" in result["content"][0]["text"]), (True, True))
    expect("exit status then", server.end(), 0)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
