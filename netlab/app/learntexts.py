"""What is said about learning and about the workbench itself: predictions, hints, solution, tour, and their keys."""

from __future__ import annotations

LEARN_TEXTS: dict[str, tuple[str, str]] = {
    # predictions
    "predictions": ("Predictions", "预测"),
    "right": ("right", "正确"),
    "wrong": ("wrong", "不对"),
    "answered": ("answered", "已回答"),
    "unanswered": ("no answer", "未回答"),
    "your-answer": ("your answer", "你的回答"),
    "measured": ("measured", "测得"),
    "why-unjudged": ("not measured", "未测量"),
    "predict-enter": ("Enter answers. A check then measures it.", "按 Enter 回答，检查时会测量。"),
    "predict-title": ("Predict before you run: {number} of {total}", "运行之前先预测：{number}/{total}"),
    "predict-one-title": ("Predict before you run", "运行之前先预测"),
    "predict-about": (
        "Nobody marks you on it. Your own programs are measured, and you see how right you were.",
        "不计分。会用你自己的程序测量，再看你预测得对不对。",
    ),
    "predict-number": ("a number", "一个数字"),
    "predict-not-number": ("That is not a number.", "这不是数字。"),
    "no": ("No", "否"),
    "answer-it": ("Answer", "回答"),
    "pass-over": ("Not now", "以后再说"),
    "pass-all": ("Just run", "直接运行"),
    "no-predictions": ("This lab asks for no predictions.", "这个实验没有预测题。"),
    # records of what was judged and measured
    "evidence-title": ("Show the run that was judged?", "查看被评判的那次运行？"),
    "evidence-text": ("This ends your running programs: {programs}.", "这会结束正在运行的程序：{programs}。"),
    "evidence-show": ("Show it", "查看"),
    "evidence-shown": (
        "This is the run that was judged; the frames that show it are marked. F5 begins your own again.",
        "这就是被评判的那次运行，能说明问题的帧已标出。按 F5 重新开始你自己的运行。",
    ),
    # hints
    "hint-next": ("Next hint", "下一条提示"),
    "hint-last": (
        "That was the last one. The solution is one key away: {press}.",
        "这是最后一条。想看答案请按 {press}。",
    ),
    # the solution
    "solution": ("Solution", "参考答案"),
    "solution-title": ("See the solution?", "查看参考答案？"),
    "solution-text": (
        "You have passed {passed} of {total} checkpoints. Seeing the solution is recorded, and is not passing.",
        "你通过了 {passed}/{total} 个检查点。查看答案会被记录，而且不算通过。",
    ),
    "solution-show": ("Show it", "查看"),
    "mine": ("Mine", "我的"),
    "same-as-mine": ("the same as mine", "与我的相同"),
    "lines-differ": ("{count} lines differ", "{count} 行不同"),
    # the guide
    "step-checkpoints": ("Checkpoints of this step", "这一步的检查点"),
    "finished-title": ("Lab {number} is finished", "实验 {number} 完成了"),
    "finished-learnt": ("Your programs now do this", "你的程序现在能做到"),
    "finished-right": ("{right} of {total} predictions were right.", "预测对了 {right}/{total} 个。"),
    "finished-hints": ("Hints opened: {hints} of {total}.", "看过的提示：{hints}/{total}。"),
    "finished-solution": ("The solution was shown.", "看过参考答案。"),
    "finished-next": ("Next: {title}", "下一个：{title}"),
    "finished-open": ("Open lab {number}", "打开实验 {number}"),
    "finished-stay": ("Stay here", "留在这里"),
    "finished-last": ("That was the last lab of the course.", "这是课程的最后一个实验。"),
    "finished-notice": (
        "Every checkpoint passed. {press} shows what you have learnt, and the next lab.",
        "所有检查点都通过了。按 {press} 查看学到了什么，以及下一个实验。",
    ),
    "not-finished": (
        "{passed} of {total} checkpoints passed so far. This page opens when all have.",
        "目前通过 {passed}/{total} 个检查点。全部通过后才会有总结。",
    ),
    # the editor outside, starting over
    "no-editor": (
        "No editor was found. Set EDITOR to the one that you like, for example: export EDITOR=vim",
        "没有找到编辑器。请设置 EDITOR，例如：export EDITOR=vim",
    ),
    "editor-failed": ("{editor} ended with exit code {code}.", "{editor} 以退出码 {code} 结束。"),
    "reset-title": ("Start this lab over?", "重新开始这个实验？"),
    "reset-text": (
        (
            "The starter comes back. Everything that {folder} holds now is moved into a new folder beside it. "
            "What you passed stays passed."
        ),
        "文件恢复为初始内容。{folder} 里现有的全部内容会移到旁边的新文件夹。已通过的检查点仍然算通过。",
    ),
    "reset-do": ("Start over", "重新开始"),
    "reset-done": ("The starter is back. What you had is in {folder}.", "已恢复初始内容。原来的内容在 {folder}。"),
    # copying
    "copied": ("{count} characters copied", "已复制 {count} 个字符"),
    "nothing-selected": (
        "Nothing is selected: drag the mouse over a terminal's text.",
        "没有选中内容：请用鼠标在终端中拖选。",
    ),
    # the tour
    "tour-of": ("A first look: {number} of {total}", "快速导览 {number}/{total}"),
    "tour-skip": ("Skip", "跳过"),
    "tour-on": ("Next", "下一步"),
    "tour-end": ("Begin", "开始"),
    "tour-1": (
        (
            "The guide says what to do, a step at a time. Right and Left turn its pages, Space ticks a step off. "
            "Nothing goes on by itself. F6 goes from pane to pane."
        ),
        "指南一步一步告诉你做什么。左右键翻页，空格勾选一步。一切都由你推进。F6 在窗格之间移动。",
    ),
    "tour-2": (
        (
            "Here is your code. F5 saves it and runs your programs on hosts of their own, each in a terminal that you "
            "can type into. The line in which a program waits is marked."
        ),
        "这里是你的代码。F5 保存并在各自的主机上运行程序，每个程序有一个可以输入的终端。程序等待的那一行会被标出。",
    ),
    "tour-3": (
        (
            "Every frame passes over this wire, between the calls that caused it and the states of TCP on both sides. "
            "Enter opens a frame; Space freezes the wire, and you let frames through one at a time."
        ),
        "每一帧都经过这根网线，两边是引起它的调用和 TCP 的状态。Enter 打开一帧；空格冻结网线，然后一帧一帧地放行。",
    ),
    "tour-4": (
        (
            "F9 checks, and so does every save. A failed line opens on what was expected and what came; Enter goes to "
            "your line of code. F3 gives a hint, F1 the keys, Ctrl+P every command."
        ),
        "F9 检查，每次保存也会检查。未通过的一行会展开期望与实际；Enter 前往代码行。F3 提示，F1 按键，Ctrl+P 命令。",
    ),
    # when netlab itself fails
    "fault-title": ("netlab made a mistake", "netlab 出错了"),
    "fault-text": (
        "This is a fault of netlab, not of your programs. Nothing that you saved is touched.",
        "这是 netlab 的错误，不是你的程序的问题。已保存的内容都没有受影响。",
    ),
    "fault-kept": (
        "Kept for you, and offered when you open the lab again: {files}.",
        "已为你保留，重新打开实验时会询问：{files}。",
    ),
    "fault-nothing-unsaved": ("Nothing was unsaved.", "没有未保存的内容。"),
    "fault-report": ("Please report it, with this file:", "请附上这个文件报告问题："),
    "fault-no-report": (
        "Please report it; its details could not be written to a file.",
        "请报告这个问题；详细信息无法写入文件。",
    ),
    "fault-again": ("Open netlab again", "重新打开 netlab"),
    "fault-quit": ("Quit", "退出"),
    # palette
    "palette-tour": ("Tour", "导览"),
    "palette-tour-help": ("A first look at the workbench, in four steps", "用四步认识工作台"),
    "palette-predict": ("Predict", "预测"),
    "palette-predict-help": ("Answer this lab's questions before a run does", "在运行之前回答这个实验的问题"),
    "palette-sizes": ("Panes: usual sizes", "窗格：默认大小"),
    "palette-sizes-help": ("Undo every change of the panes' sizes", "撤销对窗格大小的所有调整"),
    # keys
    "key.evidence": ("Show frames", "查看帧"),
    "key.evidence.tip": (
        "Open the record of this checkpoint's run on the wire, at the frame that speaks for the verdict",
        "在网线窗格中打开这个检查点的运行记录，停在作为证据的那一帧",
    ),
    "key.tick": ("Tick off", "勾选"),
    "key.tick.tip": (
        "This step is done, or is not; one that names checkpoints is ticked when they have passed",
        "标记这一步完成或未完成；提到检查点的步骤在它们通过后自动勾选",
    ),
    "key.solution": ("Solution", "参考答案"),
    "key.solution.tip": (
        "The solution beside mine; asks first where not everything has passed",
        "与我的代码并排查看参考答案；还没有全部通过时先询问",
    ),
    "key.outside": ("My editor", "我的编辑器"),
    "key.outside.tip": (
        "Save, and open this file in $VISUAL or $EDITOR; netlab waits until it is closed",
        "保存，并用 $VISUAL 或 $EDITOR 打开文件；关闭后回到 netlab",
    ),
    "key.reset": ("Start over", "重新开始"),
    "key.reset.tip": (
        "The starter's files again; asks first, and keeps a copy of what is there",
        "恢复初始文件；先询问，并保留现有内容的副本",
    ),
    "key.finish": ("What I learnt", "学到了什么"),
    "key.finish.tip": (
        "A finished lab: what your programs now do, and the next lab",
        "完成的实验：总结，以及下一个实验",
    ),
    "key.copy": ("Copy", "复制"),
    "key.copy.tip": (
        "Copy what the mouse selected; the terminal must allow netlab to use the clipboard",
        "复制鼠标选中的文字；终端须允许 netlab 使用剪贴板",
    ),
    "key.divider-left": ("Divider left", "分隔线左移"),
    "key.divider-left.tip": (
        "Move the divider beside this pane to the left; the mouse drags it, too",
        "把窗格旁的分隔线左移；也可以用鼠标拖动",
    ),
    "key.divider-right": ("Divider right", "分隔线右移"),
    "key.divider-right.tip": ("Move the divider beside this pane to the right", "把窗格旁的分隔线右移"),
    "key.divider-up": ("Divider up", "分隔线上移"),
    "key.divider-up.tip": ("Move the divider above or below this pane up", "把窗格上方或下方的分隔线上移"),
    "key.divider-down": ("Divider down", "分隔线下移"),
    "key.divider-down.tip": ("Move the divider above or below this pane down", "把窗格上方或下方的分隔线下移"),
    "key.other-side": ("Mine / solution", "我的 / 答案"),
    "key.other-side.tip": ("Where there is room for one only: the other one", "屏幕较窄时切换显示另一份"),
    "key.other-file": ("Next file", "下一文件"),
    "key.other-file.tip": ("The next file of the solution", "参考答案的下一个文件"),
}
