# make score  评分：第一次会自建 .venv、安装依赖，以后直接评分
# make test   测试
# Works with GNU make 3.81 (macOS). PYTHON=python3.12 picks the Python; ARGS="…" passes options on.

YEAR ?= 2024
TESTS ?= -n auto --dist loadgroup
SECONDS ?= 60
BIN := .venv/bin
INSTALL := PYTHON="$(PYTHON)" sh requirements/install.sh

.PHONY: help score test fuzz bench lint lock sbom clean

help:
	@echo "make score   给 $(YEAR) 年的项目评分（换年份：make score YEAR=2025；选项：ARGS=\"--project 编码\"）"
	@echo "make test    运行测试"
	@echo "make fuzz    用改坏的文件试 $(SECONDS) 秒（换时间：make fuzz SECONDS=600；从某个种子起：SEED=1）"
	@echo "make bench   测速度，与下限和同类程序相比（约十分钟；ARGS=\"--quick\" 约一分钟）"
	@echo "make lint    检查代码、类型、分层和规则文件的写法"
	@echo "make lock    更新 requirements/ 里的锁文件（要有 uv）"
	@echo "make sbom    写出软件物料清单（SBOM）：dist/selfeval.cdx.json"
	@echo "make clean   删掉 .venv 和缓存；输入和结果不动"

score:
	@$(INSTALL) runtime
	@$(BIN)/selfeval score $(YEAR) $(ARGS)

test:
	@$(INSTALL) dev
	@$(BIN)/python -m pytest $(TESTS) $(ARGS)

fuzz:
	@$(INSTALL) dev
	@$(BIN)/python -m tests.fuzz --seconds $(SECONDS) $(if $(SEED),--seed $(SEED)) $(ARGS)

bench:
	@$(INSTALL) dev
	@$(BIN)/python -m benchmarks $(ARGS)

lint:
	@$(INSTALL) dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/yamllint --strict .

lock:
	@sh requirements/lock.sh $(ARGS)

sbom:
	@PYTHON="$(PYTHON)" sh requirements/sbom.sh

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
