"""Writes a model folder that vLLM can serve with --load-format dummy: configuration and tokenizer, no weights.

The tokenizer is a byte-level BPE of 1024 entries learnt from a text, so that every byte sequence has tokens. The same
text gives the same tokenizer. Two key/value heads let one side of a disaggregated pair run with tensor parallelism 2.

    python tiny_model.py TEXT FOLDER
"""

import json
import pathlib
import sys

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

VOCABULARY = 1024
POSITIONS = 4096
BEGIN, END = "<|begin|>", "<|end|>"
CHAT_TEMPLATE = (
    "{% for message in messages %}{{ message['role'] + ': ' + message['content'] + '\\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ 'assistant: ' }}{% endif %}"
)


def tokenizer(text):
    bpe = Tokenizer(models.BPE())
    bpe.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bpe.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        min_frequency=1,
        special_tokens=[BEGIN, END],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    bpe.train_from_iterator(text.splitlines(keepends=True), trainer)
    if bpe.get_vocab_size() != VOCABULARY:
        sys.exit(f"the text is too short: it gives {bpe.get_vocab_size()} tokens instead of {VOCABULARY}")
    return bpe


def main(text_file, folder):
    folder = pathlib.Path(folder)
    tokenizer(pathlib.Path(text_file).read_text(encoding="utf-8")).save(str(folder / "tokenizer.json"))
    ends = {"bos_token_id": 0, "eos_token_id": 1}
    write(folder / "tokenizer_config.json", {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "bos_token": BEGIN,
        "eos_token": END,
        "model_max_length": POSITIONS,
        "clean_up_tokenization_spaces": False,
        "chat_template": CHAT_TEMPLATE,
    })
    write(folder / "generation_config.json", ends)
    write(folder / "config.json", {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "hidden_size": 64,
        "intermediate_size": 128,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "num_key_value_heads": 2,
        "head_dim": 32,
        "vocab_size": VOCABULARY,
        "max_position_embeddings": POSITIONS,
        "rms_norm_eps": 1e-5,
        "hidden_act": "silu",
        "tie_word_embeddings": False,
        "torch_dtype": "float32",
        **ends,
    })


def write(file, content):
    file.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
