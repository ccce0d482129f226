"""Users from a plain Python script: PLAYHEAD_URL and PLAYHEAD_TOKEN say where, and by which token.

The token: npm run -s ops -- tokens create --name python --scope users:commands users:view
"""

import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

URL = os.environ.get("PLAYHEAD_URL", "http://127.0.0.1:3000") + "/api"
HEADERS = {
    "Authorization": "Bearer " + os.environ["PLAYHEAD_TOKEN"],
    "Content-Type": "application/json",
}


def call(path, data=None):
    """Answers with the status and what was said."""
    body = None if data is None else json.dumps(data).encode()
    request = urllib.request.Request(URL + path, data=body, headers=HEADERS)
    try:
        with urllib.request.urlopen(request) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


user_id = sys.argv[1] if len(sys.argv) > 1 else "user-001"
data = {
    "user_id": user_id,
    "event_type": "USER_CREATED",
    "payload": {"name": "Alice", "email": user_id + "@example.com"},
}
print(json.dumps(call("/command", data)))

# The views follow the event store: a moment later they have the user.
detail = "/detail?" + urllib.parse.urlencode({"user_id": user_id})
for _ in range(50):
    status, user = call(detail)
    if status == 200:
        break
    time.sleep(0.1)
print(json.dumps([status, user]))
print(json.dumps([user_id in [each["UserID"] for each in call("/list")[1]]]))
print(json.dumps(call("/detail")))
print(json.dumps(call("/detail?user_id=nobody-at-all")))
print(json.dumps(call("/command", {"user_id": user_id})))
