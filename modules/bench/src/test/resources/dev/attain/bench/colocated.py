"""The openai package against one engine: python colocated.py BASE_URL. Says in JSON what it has seen."""
import json
import sys

import openai

client = openai.OpenAI(base_url=sys.argv[1] + "/v1", api_key="none", max_retries=0, timeout=60)
seen = {"models": [model.id for model in client.models.list()]}
model = seen["models"][0]

chunks = list(client.completions.create(model=model, prompt=list(range(100, 140)), max_tokens=12, stream=True,
                                        stream_options={"include_usage": True}, extra_body={"ignore_eos": True}))
seen["completion"] = {"tokens": sum(1 for chunk in chunks for choice in chunk.choices if choice.text),
                      "finish": [choice.finish_reason for chunk in chunks for choice in chunk.choices][-1],
                      "usage": chunks[-1].usage.to_dict()}

chunks = list(client.chat.completions.create(model=model, messages=[{"role": "user", "content": "Who are you?"}],
                                             max_completion_tokens=12, stream=True))
deltas = [choice.delta for chunk in chunks for choice in chunk.choices]
seen["chat"] = {"role": deltas[0].role, "tokens": sum(1 for delta in deltas if delta.content)}

whole = client.chat.completions.create(model=model, messages=[{"role": "user", "content": "Once more"}], max_tokens=5)
seen["whole"] = {"role": whole.choices[0].message.role, "tokens": whole.usage.completion_tokens}


def error(prompt, of=model):
    try:
        client.completions.create(model=of, prompt=prompt, max_tokens=5)
    except openai.APIStatusError as e:
        return {"kind": type(e).__name__, "param": e.param, "message": e.body["message"]}


seen["unknown"] = error("x", "another-model")
seen["long"] = error(list(range(5000)))
print(json.dumps(seen))
