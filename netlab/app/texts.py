"""What the workbench says, in English and in Chinese. One table: a text that lacks a language does not pass the tests.

No glyph here may be of ambiguous East Asian width (no curly quotes, middle dots, arrows or dashes): half of our readers
have terminals that draw those two cells wide.
"""

from __future__ import annotations

LANGUAGES = {"en": "English", "zh": "中文"}

TEXTS: dict[str, tuple[str, str]] = {
    # the line at the top
    "tagline": (
        "Real hosts, real TCP, and a wire you can hold in your hands.",
        "真实的主机，真实的 TCP，一根握在手里的网线。",
    ),
    "course": ("Course", "课程"),
    "step-of": ("step {step} of {steps}", "第 {step}/{steps} 步"),
    "passed-of": ("{passed} of {total} passed", "通过 {passed}/{total}"),
    "private": ("private network", "私有网络"),
    "loopback": ("loopback only", "仅有环回"),
    "loopback-notice": (
        "No private network on this machine: {reason} What needs the wire reads unavailable. {remedy}",
        "本机没有私有网络：{reason} 需要网线的检查点显示为不可用。{remedy}",
    ),
    # home
    "labs": ("Labs", "实验"),
    "no-labs": ("No labs were found.", "没有找到实验。"),
    "not-started": ("not started", "未开始"),
    "done": ("done", "完成"),
    "hosts": ("Hosts", "主机"),
    "programs": ("You write", "你来写"),
    "folder": ("Your folder", "你的文件夹"),
    "checkpoints": ("Checkpoints", "检查点"),
    "open-it": ("Enter opens this lab.", "按 Enter 打开实验。"),
    "will-be-made": ("{folder} (laid out when you open it)", "{folder}（打开时创建）"),
    # panes
    "guide": ("Guide", "指南"),
    "code": ("Code", "代码"),
    "wire": ("Wire", "网线"),
    "checks": ("Checkpoints", "检查点"),
    "checks-tab": ("Checks", "检查"),
    "programs-tab": ("Programs", "程序"),
    "loading": ("Loading", "载入中"),
    "no-guide": ("This lab has no guide.", "这个实验没有指南。"),
    "previous-step": ("Back", "上一步"),
    "next-step": ("Next", "下一步"),
    "unsaved": ("unsaved", "未保存"),
    "saved": ("saved", "已保存"),
    "changed-on-disk": ("changed on disk", "磁盘上已改变"),
    "line-column": ("line {line}, column {column}", "第 {line} 行，第 {column} 列"),
    # programs
    "not-running": ("not running", "未运行"),
    "running": ("running", "运行中"),
    "waits-for-you": ("waits for you", "等你输入"),
    "ended": ("ended, exit code {code}", "已结束，退出码 {code}"),
    "killed": ("ended by {signal}", "被 {signal} 结束"),
    "press-run": ("F5 runs {file} on host {host}.", "按 F5 在主机 {host} 上运行 {file}。"),
    "type-here": ("What you type goes to {program}. F6 leaves.", "键入的内容交给 {program}。按 F6 离开。"),
    # wire
    "no-frames": ("Nothing has been on the wire yet. F5 runs the scene.", "网线上还没有任何帧。按 F5 运行场景。"),
    "no-wire": ("There is no wire on the loopback.", "环回上没有网线。"),
    "frames": ("{count} frames", "{count} 帧"),
    "one-frame": ("1 frame", "1 帧"),
    "following": ("following", "跟随中"),
    "paused": ("End follows again", "按 End 继续跟随"),
    # a frame, opened
    "frame-of": ("Frame {number} of {total}", "第 {number}/{total} 帧"),
    "fate-delivered": ("delivered", "已送达"),
    "fate-dropped": ("lost", "丢失"),
    "fate-held": ("held on the wire", "扣留在网线上"),
    "fate-queued": ("waiting: the wire is frozen", "等待中：网线已冻结"),
    "fate-delayed": ("delivered late", "延迟送达"),
    "fate-duplicated": ("delivered twice", "送达两次"),
    "fate-reordered": ("overtaken by a later frame", "被后来的帧超过"),
    "fate-corrupted": ("damaged on the way", "途中损坏"),
    "fate-unreachable": ("lost: a host is cut off", "丢失：有主机断开"),
    "fate-travelling": ("on its way", "在途中"),
    "fate-left": ("never delivered", "始终未送达"),
    "by-hand": ("by hand", "手动"),
    "probe": ("a probe for the peer", "对对方的探测"),
    "sent-again": ("sent again", "重发"),
    "sent-again-of": ("frame {number} sent again, {later} later", "{later} 之后重发第 {number} 帧"),
    "caused-by": ("caused by {call}", "由 {call} 引起"),
    "caused-by-kernel": ("sent by the kernel itself", "由内核自行发出"),
    "woke": ("woke {call}", "唤醒 {call}"),
    "on-the-wire": ("on the wire {value}", "线上的值 {value}"),
    "checksum-right": ("right", "正确"),
    "checksum-wrong": ("WRONG, ought to be {ought}", "错误，应为 {ought}"),
    "byte": ("byte {start}", "字节 {start}"),
    "bytes": ("bytes {start} to {end}", "字节 {start} 至 {end}"),
    # marks in the code
    "mark-waits": ("<- {call} {seconds} s", "<- {call} {seconds} 秒"),
    "mark-more": ("{count} threads", "{count} 个线程"),
    "mark-sends": ("<- sends frame {number}", "<- 发出第 {number} 帧"),
    "mark-woken": ("<- woken by frame {number}", "<- 被第 {number} 帧唤醒"),
    "mark-call": ("<- chosen below", "<- 选中的调用"),
    # TCP states
    "states": ("TCP states", "TCP 状态"),
    "states-of": ("connection {number} of {total}", "第 {number}/{total} 条连接"),
    "states-none": (
        "No TCP connection has been on the wire yet. F5 runs the scene.",
        "网线上还没有 TCP 连接。按 F5 运行场景。",
    ),
    "states-no-wire": (
        "The states of both ends are seen with the wire, and there is none on the loopback.",
        "两端的状态要靠网线观察，而环回上没有网线。",
    ),
    "change-of": ("change {number} of {total}", "第 {number}/{total} 次变化"),
    "frame-number": ("frame {number}", "第 {number} 帧"),
    "unseen-state": ("not seen", "未观察到"),
    "seconds-left": ("{seconds} s left", "还剩 {seconds} 秒"),
    "since": ("since +{time}", "自 +{time} 起"),
    # hands on the wire
    "wire-flowing": ("flowing", "畅通"),
    "wire-frozen": ("frozen", "已冻结"),
    "wire-frozen-queued": ("frozen, {count} queued:", "已冻结，{count} 帧排队："),
    "wire-more": ("+{count}", "+{count}"),
    "wire-held": ("held:", "扣住："),
    "wire-cut": ("cut off: {hosts}", "已断开：{hosts}"),
    "wire-slow": ("slow: {seconds:g} s", "放慢：{seconds:g} 秒"),
    "wire-until": ("runs until the next {kind}", "运行到下一个 {kind}"),
    "wire-none": ("no wire here: {reason}", "这里没有网线：{reason}"),
    "wire-script": ("wire.toml: {count} rules", "wire.toml：{count} 条规则"),
    "wire-script-one": ("wire.toml: 1 rule", "wire.toml：1 条规则"),
    "wire-script-unused": ("wire.toml: not used by F5", "wire.toml：F5 不使用"),
    "wire-script-used": ("wire.toml: F5 uses it", "wire.toml：F5 会使用"),
    "wire-script-owned": ("wire.toml: only scene {scene} uses it", "wire.toml：只有场景 {scene} 使用"),
    "wire-script-scene": ("wire.toml: this scene uses it", "wire.toml：这个场景会使用"),
    "wire-script-without": ("wire.toml: not in this scene", "wire.toml：这个场景不使用"),
    "script-owned": (
        "This run goes without wire.toml: it is the scene {scene}'s. A click on it in the wire's line changes that.",
        "这次运行没有使用 wire.toml：它属于场景 {scene}。点击网线栏里的名字可以改变。",
    ),
    "wire-script-tip": ("Click: look at the rules", "点击查看规则"),
    "wire-script-toggle": (
        "Click: F5 by hand uses wire.toml, or does not; that is remembered",
        "点击切换：F5 手动运行是否使用 wire.toml（会记住）",
    ),
    "wire-frame-tip": (
        "Click: choose this frame. It is the next to go if it stands first.",
        "点击选择这一帧。排在首位的下一个放行。",
    ),
    "until-syn": ("SYN: a connection begins", "SYN：连接开始"),
    "until-fin": ("FIN: a side has no more to send", "FIN：一方不再发送"),
    "until-rst": ("RST: a connection is broken off", "RST：连接被中断"),
    "until-payload": ("payload: bytes of a program", "数据：程序发送的字节"),
    "pick-until": ("Run until the next", "运行到下一个"),
    "pick-cut": ("Whose cable?", "谁的网线？"),
    "pick-reboot": ("Which host loses its power?", "哪台主机断电？"),
    "cut-host": ("cut off {host}  {address}", "断开 {host}  {address}"),
    "join-host": ("plug {host} in again  {address}", "重新接上 {host}  {address}"),
    "rebooted": (
        "{host} is up again, without its programs. F2 starts one again.",
        "{host} 已重新启动，程序不在了。按 F2 重新启动程序。",
    ),
    "keep-title": ("wire.toml is there already", "wire.toml 已经存在"),
    "keep-text": (
        "Write over it, or put what you did by hand behind what is in it?",
        "覆盖它，还是把手动做过的写在原有内容后面？",
    ),
    "keep-replace": ("Write over it", "覆盖"),
    "keep-add": ("Put behind", "写在后面"),
    "kept-script": (
        "{count} in wire.toml. The next F5 does by itself what you did by hand.",
        "wire.toml 中已有 {count}。下次 F5 会自动照做。",
    ),
    "rules": ("{count} rules", "{count} 条规则"),
    "one-rule": ("1 rule", "1 条规则"),
    "next-to-go": ("next", "下一个"),
    # the past
    "time-whole": ("all {whole}", "全程 {whole}"),
    "time-then": ("{then} of {whole}, frame {frame}", "{then} / {whole}，第 {frame} 帧"),
    "time-back": ("Esc now", "Esc 现在"),
    "the-past": ("the past, {then}", "过去 {then}"),
    "was-running": ("was running", "当时在运行"),
    "was-not-running": ("was not running", "当时未运行"),
    "a-record": ("a saved run", "保存的运行"),
    "open-record": ("Open a record", "打开记录"),
    "open-record-help": ("A run that was kept, or a .netlab file", "保存过的一次运行，或 .netlab 文件"),
    "open-record-file": ("Path of a .netlab file", ".netlab 文件的路径"),
    "stop-and-open": ("Stop and open", "停止并打开"),
    "kept-run": ("{when}   {scene}   {count} frames", "{when}   {scene}   {count} 帧"),
    "no-kept-runs": ("No run of this folder is kept yet.", "这个文件夹还没有保存的运行。"),
    # checkpoints
    "not-checked": ("F9 checks; so does every save.", "按 F9 检查；每次保存也会检查。"),
    "checking": ("checking {done} of {total}", "正在检查 {done}/{total}"),
    "check-summary": ("{passed} of {total} passed, {seconds} s", "通过 {passed}/{total}，用时 {seconds} 秒"),
    "check-cancelled": ("check given up", "检查已放弃"),
    "passed": ("passed", "通过"),
    "failed": ("failed", "未通过"),
    "errored": ("our error", "netlab 出错"),
    "blocked": ("blocked", "被阻塞"),
    "unavailable": ("unavailable", "不可用"),
    "unknown": ("not checked", "未检查"),
    "expected": ("expected", "期望"),
    "got": ("got", "得到"),
    "where": ("where", "位置"),
    "why": ("why", "原因"),
    "evidence": ("evidence", "证据"),
    "hint": ("hint", "提示"),
    "enter-jumps": ("Enter goes there", "按 Enter 前往"),
    # scene
    "scene": ("Scene", "场景"),
    "scene-running": ("running", "运行中"),
    "scene-ended": ("ended", "已结束"),
    "scene-failed": ("The scene stopped: {why}", "场景停止：{why}"),
    "nothing-to-restart": ("Nothing is running yet: F5 runs the scene.", "还没有程序在运行：按 F5 运行场景。"),
    "reloaded": ("{file} changed on disk and was loaded again.", "{file} 在磁盘上改变，已重新载入。"),
    "all-passed": ("Every checkpoint of this lab passed.", "这个实验的所有检查点都通过了。"),
    "hint-title": ("Hint {number} of {total}", "提示 {number}/{total}"),
    "no-hints": ("This lab has no more hints.", "没有更多提示了。"),
    # dialogs
    "cancel": ("Cancel", "取消"),
    "close": ("Close", "关闭"),
    "yes": ("Yes", "是"),
    "conflict-title": ("{file} changed on disk", "{file} 在磁盘上改变了"),
    "conflict-text": (
        "Another program wrote {file} since you opened it, and your text here is not saved. Which one stays?",
        "打开之后，另一个程序写入了 {file}，而这里的内容尚未保存。保留哪一个？",
    ),
    "keep-mine": ("Keep mine", "保留我的"),
    "load-theirs": ("Load from disk", "从磁盘载入"),
    "locked-title": ("This folder is open in another netlab", "另一个 netlab 已打开这个文件夹"),
    "locked-text": (
        "Process {pid} works in {folder}. Two at once can overwrite each other's files.",
        "进程 {pid} 正在使用 {folder}。两者可能互相覆盖文件。",
    ),
    "open-anyway": ("Open anyway", "仍然打开"),
    "quit-title": ("Quit netlab?", "退出 netlab？"),
    "leave-title": ("Leave this lab?", "离开这个实验？"),
    "quit-running": ("Running: {programs}.", "正在运行：{programs}。"),
    "quit-unsaved": ("Not saved: {files}.", "未保存：{files}。"),
    "save-and-quit": ("Save and leave", "保存并离开"),
    "stop-and-quit": ("Stop and leave", "停止并离开"),
    "quit-without": ("Leave without saving", "不保存，离开"),
    "recovered-title": ("Unsaved text was kept", "保留了未保存的内容"),
    "recovered-text": (
        "netlab ended before {files} was saved. Take the kept text into the editor? Nothing is written until you save.",
        "上次 netlab 结束前 {files} 没有保存。要把保留的内容放进编辑器吗？保存之前不会写入文件。",
    ),
    "take-kept": ("Take it", "放进编辑器"),
    "discard-kept": ("Throw it away", "丢弃"),
    "help-title": ("Keys", "按键"),
    "help-here": ("Here", "此处"),
    "help-everywhere": ("Everywhere", "任何地方"),
    "help-mouse": ("Everything here can be clicked as well.", "这里的一切都可以用鼠标点击。"),
    "error-title": ("That did not work", "没有成功"),
    # palette
    "palette-search": ("Type a part of a command", "输入命令的一部分"),
    "palette-theme": ("Theme: {name}", "主题：{name}"),
    "palette-theme-help": ("Colours of the workbench", "工作台的配色"),
    "palette-language": ("Language: {name}", "语言：{name}"),
    "palette-language-help": ("What the workbench and the guides are written in", "工作台与指南的语言"),
    "palette-scene": ("Run scene: {title}", "运行场景：{title}"),
    "palette-scene-help": ("On fresh hosts", "在全新的主机上"),
    "palette-file": ("Go to file: {name}", "打开文件：{name}"),
    "palette-file-help": ("In the editor", "在编辑器中"),
    "palette-restart": ("Restart: {program}", "重启：{program}"),
    "palette-restart-help": ("On the hosts as they are", "在现有的主机上"),
    "palette-script": ("F5 by hand: use wire.toml", "F5 手动运行：使用 wire.toml"),
    "palette-no-script": ("F5 by hand: do not use wire.toml", "F5 手动运行：不使用 wire.toml"),
    "palette-script-help": ("The rules that the wire follows", "网线遵循的规则"),
    "palette-add-udp": ("Add a client by hand (UDP)", "手动添加客户端（UDP）"),
    "palette-lab": ("Open lab: {title}", "打开实验：{title}"),
}

_state = {"language": "en"}


def use_language(language: str) -> None:
    """From now on `t` answers in that language; an unknown one is English."""
    _state["language"] = language if language in LANGUAGES else "en"


def language() -> str:
    """What is in force: `en` or `zh`."""
    return _state["language"]


def t(key: str, **values: object) -> str:
    """The text for a key, with its places filled in. An unknown key is an error of ours: KeyError."""
    from netlab.app.keytexts import KEY_TEXTS
    from netlab.app.learntexts import LEARN_TEXTS

    text = (TEXTS.get(key) or KEY_TEXTS.get(key) or LEARN_TEXTS[key])[language() == "zh"]
    return text.format(**values) if values else text
