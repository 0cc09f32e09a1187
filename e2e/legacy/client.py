"""A client of the documented protocol, with what Debian has: python3-websockets (10.4 and newer) and urllib.

    PEYK_HOST=127.0.0.1:8000 PEYK_LOGIN=... PEYK_PASSWORD=... python3 client.py chat|lists|rest|refused CONVERSATION

It signs in, goes through one scenario and prints what it met, one JSON object a line.
"""

import asyncio
import json
import os
import sys
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import websockets
from websockets.exceptions import ConnectionClosed, InvalidHandshake

HOST = os.environ["PEYK_HOST"]
TIMEOUT_S = 15


def tell(step, **what):
    print(json.dumps({"step": step, **what}), flush=True)


def call(method, path, body=None, token=None):
    headers = {"Content-Type": "application/json"} if body is not None else {}
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    request = Request(f"http://{HOST}{path}", data=data, headers=headers, method=method)
    try:
        with urlopen(request, timeout=TIMEOUT_S) as response:
            return response.status, json.load(response)
    except HTTPError as error:
        return error.code, json.load(error)


def sign_in():
    body = {"email_or_username": os.environ["PEYK_LOGIN"], "password": os.environ["PEYK_PASSWORD"]}
    status, answer = call("POST", "/api/v1/usr/login", body)
    assert status == 200, answer
    return answer["access_token"]


def connect(path, token):
    return websockets.connect(f"ws://{HOST}{path}?token={quote(token)}")


async def receive(socket, frame_type):
    """The next frame of this type; others are passed over, as the documented clients do."""
    while True:
        frame = json.loads(await asyncio.wait_for(socket.recv(), TIMEOUT_S))
        if frame.get("type") == frame_type:
            return frame


async def ask(socket, frame, frame_type):
    await socket.send(json.dumps(frame))
    return await receive(socket, frame_type)


async def chat(token, conversation):
    path = f"/ws/chat/{conversation}/"
    async with connect(path, token) as socket, connect(path, token) as other:
        first = json.loads(await asyncio.wait_for(socket.recv(), TIMEOUT_S))
        tell("first", frame=first)
        await receive(other, "recent_messages")

        await other.send(json.dumps({"type": "typing", "is_typing": True}))
        tell("typing", frame=await receive(socket, "typing_indicator"))

        sent = {"type": "chat_message", "content": "  سلام از پایتون 🐍 <b>&</b>  "}
        tell("sent", frame=await ask(socket, sent, "chat_message"))
        tell("heard", frame=await receive(other, "chat_message"))

        tell("waiting")
        tell("customer", frame=await receive(socket, "chat_message"))
        tell("read", frame=await ask(socket, {"type": "mark_read"}, "messages_read"))

        for page in (1, 2):
            paging = {"type": "load_more_messages", "filters": {"page": page, "page_size": 2}}
            tell(f"page {page}", frame=await ask(socket, paging, "recent_messages"))

        tell("blank", frame=await ask(socket, {"type": "chat_message", "content": "   "}, "error"))
        await socket.send("{bad json")
        tell("no json", frame=await receive(socket, "error"))
        tell("still there", frame=await ask(socket, {"type": "ping"}, "pong"))


async def lists(token, _):
    async with connect("/ws/conversations/", token) as socket:
        tell("conversations", frame=await receive(socket, "conversations_list"))
        for name, frame in {
            "page": {"type": "get_conversations", "filters": {"page": 2, "page_size": 1, "order_by": "created_at"}},
            "unread": {"type": "filter_conversations", "filters": {"unread_only": True}},
            "closed": {"type": "filter_conversations", "filters": {"status": "closed"}},
            "search": {"type": "search_conversations", "search_term": "فاکتور"},
        }.items():
            tell(name, frame=await ask(socket, frame, "conversations_list"))
        options = {"type": "get_conversation_filter_options"}
        tell("options", frame=await ask(socket, options, "conversation_filter_options"))
        await ask(socket, {"type": "refresh_conversations"}, "conversations_list")
        tell("waiting")
        tell("new", frame=await receive(socket, "new_customer_message"))
        tell("updated", frame=await receive(socket, "conversation_updated"))
        tell("pushed", frame=await receive(socket, "conversations_list"))
    async with connect("/ws/customers/", token) as socket:
        tell("customers", frame=await receive(socket, "customers_list"))
        search = {"type": "search_customers", "search_term": "No 1502"}
        tell("customer", frame=await ask(socket, search, "customers_list"))
        tell("customer options", frame=await ask(socket, {"type": "get_filter_options"}, "filter_options"))


async def rest(token, conversation):
    base = "/api/v1/message"
    item = f"{base}/conversation/{conversation}"

    def ask_rest(step, *args, **given):
        status, body = call(*args, **{"token": token, **given})
        tell(step, status=status, body=body)

    async with connect(f"/ws/chat/{conversation}/", token) as socket:
        await receive(socket, "recent_messages")
        ask_rest("send", "POST", f"{item}/send-message/", {"content": " از راه REST ", "type": "support"})
        tell("heard", frame=await receive(socket, "chat_message"))
    ask_rest("status", "PATCH", f"{item}/status/", {"status": "closed"})
    ask_rest("bad status", "PATCH", f"{item}/status/", {"status": "open"})
    ask_rest("messages", "GET", f"{base}/user-messages?conversation={conversation}&page_size=1&ordering=-created_at")
    ask_rest("all", "GET", f"{base}/user-conversation")
    ask_rest("blank", "POST", f"{item}/send-message/", {"content": " "})
    ask_rest("missing", "POST", f"{base}/conversation/nobody/send-message/", {"content": "x"})
    ask_rest("nobody", "GET", f"{base}/user-conversation", token=None)


async def refused(token, conversation):
    for step, path, given in (
        ("invalid token", f"/ws/chat/{conversation}/", "invalid_token"),
        ("no token", "/ws/conversations/", ""),
        ("no such conversation", "/ws/chat/nobody/", token),
        ("unknown path", "/ws/elsewhere/", token),
    ):
        try:
            async with connect(path, given) as socket:
                frame = await asyncio.wait_for(socket.recv(), TIMEOUT_S)
                tell(step, frame=json.loads(frame))
        except ConnectionClosed as closed:
            tell(step, code=closed.rcvd.code if closed.rcvd else 1006)
        except InvalidHandshake as error:
            # The older and the newer versions of the library keep the status in different places.
            status = error.response.status_code if hasattr(error, "response") else error.status_code
            tell(step, status=status)


if __name__ == "__main__":
    scenario = {"chat": chat, "lists": lists, "rest": rest, "refused": refused}[sys.argv[1]]
    asyncio.run(scenario(sign_in(), sys.argv[2]))
