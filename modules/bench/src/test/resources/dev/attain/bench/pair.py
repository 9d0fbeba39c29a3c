"""The openai package against a prefill and a decode engine: python pair.py PREFILL_URL DECODE_URL."""
import json
import sys

import openai

prefill, decode = (openai.OpenAI(base_url=url + "/v1", api_key="none", max_retries=0, timeout=60)
                   for url in sys.argv[1:3])
model = next(iter(decode.models.list())).id
prompt = list(range(1000, 1600))

first = prefill.completions.create(model=model, prompt=prompt, max_tokens=1,
                                   extra_body={"kv_transfer_params": {"do_remote_decode": True,
                                                                      "do_remote_prefill": False}})
handed = first.to_dict()["kv_transfer_params"]
chunks = list(decode.completions.create(model=model, prompt=prompt, max_tokens=20, stream=True,
                                        stream_options={"include_usage": True},
                                        extra_body={"kv_transfer_params": handed}))
print(json.dumps({"blocks": sum(len(group) for group in handed["remote_block_ids"]),
                  "tokens": sum(1 for chunk in chunks for choice in chunk.choices if choice.text),
                  "usage": chunks[-1].usage.to_dict()}))
