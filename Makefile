# Two commands do everything on a fresh Debian 12: `make sweep` and `make test`.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup setup-tests sweep test lint eval bench bench-read bench-judge bench-nightly bench-web bench-country clean

OIT := .venv/bin/oit
UNITS ?=
OUT ?=
ARGS ?=

help: ## แสดงคำสั่งทั้งหมด / lists the commands
	@echo "ตัวตรวจการเปิดเผยข้อมูลสาธารณะ (OIT) / OIT checker"
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | \
		while IFS=$$'\t' read -r name text; do printf '  make %-13s %s\n' "$$name" "$$text"; done
	@echo '  make sweep UNITS=my-units.xlsx [OUT=reports] [ARGS="--items O1,O12"]'

setup: ## ติดตั้งสิ่งที่ยังขาด / installs what is missing
	@setup/install.sh

sweep: setup ## ตรวจกระทรวงตัวอย่าง หรือหน่วยงานของท่าน / checks the demonstration ministry, or UNITS=
ifeq ($(strip $(UNITS)),)
	@$(OIT) demo --out "$(or $(OUT),reports/demo)" $(ARGS)
else
	@$(OIT) sweep --units "$(UNITS)" --out "$(or $(OUT),reports)" $(ARGS) || [ $$? -eq 1 ]
endif

setup-tests:
	@setup/install.sh --tests

test: setup-tests ## ตรวจคุณภาพโค้ดและทดสอบทั้งหมด / checks the code and runs every test
	@setup/check.sh

eval: setup ## วัดความแม่นของการตัดสินกับตัวอย่างที่มีเฉลย / measures the judge on the labelled cases
	@$(OIT) eval tests/labelled/cases.jsonl tests/adversary/cases.jsonl $(ARGS)

lint: setup ## ตรวจคุณภาพโค้ดเท่านั้น / checks the code only
	@setup/check.sh --no-tests

bench: setup ## วัดความเร็วเทียบกับโปรแกรมอื่นและขีดจำกัด / measures speed beside peers and bounds
	@.venv/bin/python -m bench --out docs/benchmarks.md $(ARGS)

bench-read: setup ## วัดความแม่นและความเร็วของการอ่านเอกสาร / measures reading, writes docs/benchmarks.md
	@.venv/bin/python -m bench.read --out docs/benchmarks.md $(ARGS)

bench-judge: setup ## วัดความเร็วของการตัดสิน / measures judging, writes docs/benchmarks.md
	@.venv/bin/python -m bench.judge --out docs/benchmarks.md $(ARGS)

bench-nightly: setup ## วัดค่าใช้จ่ายของการตรวจทุกคืน / measures sweeps of a ministry that hardly changed
	@.venv/bin/python -m bench.nightly --out docs/benchmarks.md $(ARGS)

bench-web: setup ## วัดเวลาตอบของหน้าเว็บบนประวัติขนาดใหญ่ / measures the dashboard's pages, writes docs/benchmarks.md
	@.venv/bin/python -m bench.web --out docs/benchmarks.md $(ARGS)

bench-country: setup ## ตรวจประเทศจำลอง 8,300 หน่วยงาน (ชั่วโมง) / sweeps a simulated country, writes docs/scaling.md
	@.venv/bin/python -m bench.country --out docs/scaling.md $(ARGS)

clean: ## ลบสภาพแวดล้อมและแฟ้มชั่วคราว ไม่ลบรายงาน / removes .venv and caches, keeps reports
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build *.egg-info
