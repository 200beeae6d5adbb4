"""What each field of a frame is for, in one sentence: data alone, keyed by `Field.id` and, for layers, `layer.NAME`.

Each has its Chinese name, the sentence in English, the sentence in Chinese. No glyph of ambiguous East Asian width.
"""

from __future__ import annotations

from typing import NamedTuple


class FieldText(NamedTuple):
    """One field's words."""

    name_zh: str
    en: str
    zh: str


FIELDS: dict[str, FieldText] = {
    # layers, and what is none
    "layer.ethernet": FieldText(
        "以太网",
        "Carries the packet over one link, from one network card to the next.",
        "在一段链路上，把数据包从一块网卡送到下一块网卡。",
    ),
    "layer.arp": FieldText(
        "ARP",
        "Asks which network card has an IPv4 address, or answers that.",
        "询问某个 IPv4 地址属于哪块网卡，或作出回答。",
    ),
    "layer.ipv4": FieldText(
        "IPv4",
        "Carries the packet from host to host, over as many links as it takes.",
        "把数据包从一台主机送到另一台主机，不论中间经过多少段链路。",
    ),
    "layer.ipv6": FieldText(
        "IPv6",
        "Carries the packet from host to host, with addresses of 128 bits.",
        "把数据包从一台主机送到另一台主机，地址有 128 位。",
    ),
    "layer.extension": FieldText(
        "IPv6 扩展首部",
        "An addition to the IPv6 header that only the packets which need it carry.",
        "IPv6 首部的补充，只有需要它的数据包才携带。",
    ),
    "layer.icmp": FieldText(
        "ICMP",
        "A message about the network itself: an echo, or why a packet did not arrive.",
        "关于网络自身的消息：回显，或数据包未能到达的原因。",
    ),
    "layer.icmpv6": FieldText(
        "ICMPv6",
        "A message about the network itself; IPv6 also finds its neighbours with it.",
        "关于网络自身的消息；IPv6 还用它寻找邻居。",
    ),
    "layer.udp": FieldText(
        "UDP",
        "Adds ports and a checksum to one datagram, and promises nothing else.",
        "给一个数据报加上端口和校验和，除此之外不作任何保证。",
    ),
    "layer.tcp": FieldText(
        "TCP",
        "Makes a stream of bytes out of packets that may be lost, doubled or late.",
        "用可能丢失、重复、迟到的数据包组成一条字节流。",
    ),
    "layer.payload": FieldText(
        "数据",
        "What the program gave to the kernel; everything before it was added on the way out.",
        "程序交给内核的内容；前面的一切都是发送途中加上的。",
    ),
    "layer.padding": FieldText(
        "填充",
        "Bytes behind the packet that belong to nobody: a link may ask for a least length.",
        "数据包之后不属于任何层的字节：链路可能要求最小长度。",
    ),
    "layer.malformed": FieldText(
        "格式错误",
        "From here on the bytes are not what the header before them says.",
        "从这里起，字节与前面的首部所说的不符。",
    ),
    # Ethernet
    "eth.dst": FieldText("目的地址", "The network card that is to take the frame in.", "应当接收这一帧的网卡。"),
    "eth.src": FieldText("源地址", "The network card that put the frame on the link.", "把这一帧放上链路的网卡。"),
    "eth.type": FieldText(
        "类型",
        "What the frame carries: 0x0800 is IPv4, 0x0806 ARP, 0x86dd IPv6.",
        "帧里装的是什么：0x0800 是 IPv4，0x0806 是 ARP，0x86dd 是 IPv6。",
    ),
    # ARP
    "arp.hw.type": FieldText("硬件类型", "The kind of link; 1 is Ethernet.", "链路的种类；1 表示以太网。"),
    "arp.proto.type": FieldText(
        "协议类型", "The kind of address that is asked for; 0x0800 is IPv4.", "所询问地址的种类；0x0800 表示 IPv4。"
    ),
    "arp.hw.size": FieldText(
        "硬件地址长度", "Bytes of a link address; Ethernet has 6.", "链路地址的字节数；以太网为 6。"
    ),
    "arp.proto.size": FieldText(
        "协议地址长度", "Bytes of an internet address; IPv4 has 4.", "网络地址的字节数；IPv4 为 4。"
    ),
    "arp.opcode": FieldText("操作", "1 asks who has the address, 2 answers.", "1 表示询问谁有这个地址，2 表示回答。"),
    "arp.src.hw_mac": FieldText(
        "发送方硬件地址",
        "The network card that speaks; whoever hears it may remember it.",
        "发言的网卡；听到的主机可以记住它。",
    ),
    "arp.src.proto_ipv4": FieldText(
        "发送方地址", "The IPv4 address of the host that speaks.", "发言主机的 IPv4 地址。"
    ),
    "arp.dst.hw_mac": FieldText(
        "目标硬件地址",
        "The network card that is asked for: still zero in a question.",
        "所寻找的网卡：在询问中仍为零。",
    ),
    "arp.dst.proto_ipv4": FieldText(
        "目标地址", "The IPv4 address whose network card is asked for.", "正在寻找其网卡的 IPv4 地址。"
    ),
    # IPv4
    "ip.version": FieldText("版本", "The version of the Internet Protocol: 4.", "网际协议的版本：4。"),
    "ip.hdr_len": FieldText(
        "首部长度",
        "Where the header ends, counted in steps of four bytes; 20 without options.",
        "首部在哪里结束，以四字节为单位；没有选项时为 20 字节。",
    ),
    "ip.dsfield": FieldText(
        "区分服务",
        "How routers may treat the packet, and in two bits whether one is congested.",
        "路由器可如何对待这个数据包；其中两位说明是否有拥塞。",
    ),
    "ip.len": FieldText(
        "总长度",
        "Bytes of header and payload together, so that padding is told apart.",
        "首部与数据的总字节数，由此可分辨出填充。",
    ),
    "ip.id": FieldText(
        "标识",
        "The same in all fragments of one packet, so that they can be put together.",
        "同一数据包的所有分片都相同，据此重新组装。",
    ),
    "ip.flags": FieldText(
        "标志",
        "Whether routers may cut the packet, and whether more fragments follow.",
        "路由器可否把数据包分片，以及后面是否还有分片。",
    ),
    "ip.frag_offset": FieldText(
        "片偏移",
        "Where this fragment belongs in its packet; 0 when nothing was cut.",
        "这个分片在原数据包中的位置；没有分片时为 0。",
    ),
    "ip.ttl": FieldText(
        "生存时间",
        "Every router takes one away; at zero the packet is dropped, so none goes round for ever.",
        "每经过一个路由器减一；减到零就丢弃，因此没有数据包会永远转圈。",
    ),
    "ip.proto": FieldText(
        "协议",
        "What the packet carries: 1 is ICMP, 6 TCP, 17 UDP.",
        "数据包里装的是什么：1 是 ICMP，6 是 TCP，17 是 UDP。",
    ),
    "ip.checksum": FieldText(
        "首部校验和",
        "Guards the header against damage; the payload has a checksum of its own.",
        "保护首部不受损坏；数据部分另有校验和。",
    ),
    "ip.src": FieldText("源地址", "The host that sent the packet.", "发出数据包的主机。"),
    "ip.dst": FieldText("目的地址", "The host that the packet is for.", "数据包要去的主机。"),
    "ip.options": FieldText(
        "选项",
        "An addition that hardly any packet has, such as a route to be recorded.",
        "很少有数据包携带的附加内容，例如要求记录路由。",
    ),
    # IPv6
    "ipv6.version": FieldText("版本", "The version of the Internet Protocol: 6.", "网际协议的版本：6。"),
    "ipv6.tclass": FieldText(
        "通信量类",
        "How routers may treat the packet, and in two bits whether one is congested.",
        "路由器可如何对待这个数据包；其中两位说明是否有拥塞。",
    ),
    "ipv6.flow": FieldText(
        "流标签",
        "The same in all packets that routers ought to send the same way.",
        "路由器应让走同一条路的数据包具有相同的值。",
    ),
    "ipv6.plen": FieldText(
        "有效载荷长度", "Bytes behind this header, extension headers included.", "本首部之后的字节数，包括扩展首部。"
    ),
    "ipv6.nxt": FieldText(
        "下一个首部",
        "What follows this header: 6 is TCP, 17 UDP, 58 ICMPv6.",
        "本首部之后是什么：6 是 TCP，17 是 UDP，58 是 ICMPv6。",
    ),
    "ipv6.hlim": FieldText(
        "跳数限制",
        "Every router takes one away; at zero the packet is dropped.",
        "每经过一个路由器减一；减到零就丢弃。",
    ),
    "ipv6.src": FieldText("源地址", "The host that sent the packet.", "发出数据包的主机。"),
    "ipv6.dst": FieldText("目的地址", "The host that the packet is for.", "数据包要去的主机。"),
    "ipv6.ext.nxt": FieldText("下一个首部", "What follows this extension header.", "这个扩展首部之后是什么。"),
    "ipv6.ext.len": FieldText("长度", "Bytes of this extension header.", "这个扩展首部的字节数。"),
    "ipv6.ext.data": FieldText(
        "内容", "What this extension header tells routers or the receiver.", "这个扩展首部告诉路由器或接收方的内容。"
    ),
    "ipv6.fraghdr.offset": FieldText(
        "片偏移", "Where this fragment belongs in its packet.", "这个分片在原数据包中的位置。"
    ),
    "ipv6.fraghdr.more": FieldText(
        "更多分片", "Whether fragments of the same packet follow.", "同一数据包是否还有后续分片。"
    ),
    "ipv6.fraghdr.ident": FieldText(
        "标识",
        "The same in all fragments of one packet, so that they can be put together.",
        "同一数据包的所有分片都相同，据此重新组装。",
    ),
    # ICMP
    "icmp.type": FieldText(
        "类型",
        "What kind of message this is: 8 asks for an echo, 0 is the echo, 3 says unreachable.",
        "消息的种类：8 请求回显，0 是回显，3 表示不可达。",
    ),
    "icmp.code": FieldText(
        "代码",
        "The kind more exactly: of unreachable, whether net, host or port.",
        "更细的种类：例如不可达的是网络、主机还是端口。",
    ),
    "icmp.checksum": FieldText("校验和", "Guards the whole message against damage.", "保护整条消息不受损坏。"),
    "icmp.ident": FieldText(
        "标识符",
        "Tells whose echoes these are when several programs ask at once.",
        "多个程序同时请求时，说明这是谁的回显。",
    ),
    "icmp.seq": FieldText(
        "序号", "Counts the echoes, so that a lost one is noticed.", "给回显编号，丢失一个就能发现。"
    ),
    "icmp.rest": FieldText(
        "首部其余部分", "Four bytes whose meaning depends on the type.", "含义取决于类型的四个字节。"
    ),
    "icmpv6.type": FieldText(
        "类型",
        "What kind of message this is: 128 asks for an echo, 135 looks for a neighbour.",
        "消息的种类：128 请求回显，135 寻找邻居。",
    ),
    "icmpv6.code": FieldText(
        "代码",
        "The kind more exactly: of unreachable, whether address or port.",
        "更细的种类：例如不可达的是地址还是端口。",
    ),
    "icmpv6.checksum": FieldText(
        "校验和",
        "Guards the message and the addresses of its packet against damage.",
        "保护消息以及数据包的地址不受损坏。",
    ),
    "icmpv6.ident": FieldText(
        "标识符",
        "Tells whose echoes these are when several programs ask at once.",
        "多个程序同时请求时，说明这是谁的回显。",
    ),
    "icmpv6.seq": FieldText(
        "序号", "Counts the echoes, so that a lost one is noticed.", "给回显编号，丢失一个就能发现。"
    ),
    "icmpv6.rest": FieldText(
        "首部其余部分", "Four bytes whose meaning depends on the type.", "含义取决于类型的四个字节。"
    ),
    # UDP
    "udp.srcport": FieldText(
        "源端口", "The socket that sent the datagram; an answer goes there.", "发出数据报的套接字；回答会送到这里。"
    ),
    "udp.dstport": FieldText(
        "目的端口",
        "The socket that is to get the datagram: bind() took this port.",
        "应收到数据报的套接字：bind() 占用了这个端口。",
    ),
    "udp.length": FieldText(
        "长度",
        "Bytes of header and payload; one recvfrom() gets the payload whole.",
        "首部与数据的字节数；一次 recvfrom() 得到完整的数据。",
    ),
    "udp.checksum": FieldText(
        "校验和",
        "Guards ports, payload and IP addresses against damage; 0 means that there is none.",
        "保护端口、数据和 IP 地址不受损坏；0 表示没有校验和。",
    ),
    # TCP
    "tcp.srcport": FieldText(
        "源端口",
        "The sender's port; a client's is usually a free one that the kernel chose.",
        "发送方的端口；客户端的通常由内核挑选一个空闲端口。",
    ),
    "tcp.dstport": FieldText(
        "目的端口",
        "The receiver's port; the four addresses and ports together name the connection.",
        "接收方的端口；两个地址和两个端口合起来标识这条连接。",
    ),
    "tcp.seq": FieldText(
        "序号",
        "Where in the sender's stream the first byte of this segment stands; SYN and FIN count as one byte each.",
        "本报文段的第一个字节在发送方字节流中的位置；SYN 和 FIN 各算一个字节。",
    ),
    "tcp.ack": FieldText(
        "确认号",
        "The next byte that the sender of this segment expects: all before it have arrived.",
        "本报文段的发送方期待的下一个字节：之前的全部已收到。",
    ),
    "tcp.hdr_len": FieldText(
        "首部长度",
        "Where the header ends, counted in steps of four bytes; 20 without options.",
        "首部在哪里结束，以四字节为单位；没有选项时为 20 字节。",
    ),
    "tcp.flags": FieldText("标志", "What the segment does to the connection:", "本报文段对连接的作用："),
    "tcp.window_size_value": FieldText(
        "窗口",
        "How much more the sender of this segment is ready to take in, before scaling.",
        "本报文段的发送方还愿意接收多少（缩放之前的值）。",
    ),
    "tcp.checksum": FieldText(
        "校验和",
        "Guards header, payload and IP addresses against damage; a wrong one is thrown away in silence.",
        "保护首部、数据和 IP 地址不受损坏；出错的报文段被悄悄丢弃。",
    ),
    "tcp.urgent_pointer": FieldText(
        "紧急指针",
        "Where urgent data ends; means something only with URG, and hardly anybody uses it.",
        "紧急数据在哪里结束；只有带 URG 时才有意义，几乎没有人使用。",
    ),
    "tcp.options.mss": FieldText(
        "最大报文段长度",
        "The most payload that the sender takes in one segment; said once, with the SYN.",
        "发送方在一个报文段中最多接受的数据；只在 SYN 中说一次。",
    ),
    "tcp.options.wscale": FieldText(
        "窗口缩放",
        "Every later window of this sender is to be shifted left by so many bits.",
        "这个发送方以后的每个窗口值都要左移这么多位。",
    ),
    "tcp.options.sack_perm": FieldText(
        "允许 SACK",
        "The sender understands selective acknowledgements; said once, with the SYN.",
        "发送方理解选择确认；只在 SYN 中说一次。",
    ),
    "tcp.options.sack": FieldText(
        "选择确认",
        "What has arrived beyond a gap, so that only the gap is sent again.",
        "空缺之后已经收到的部分，这样只需重发空缺。",
    ),
    "tcp.options.timestamp": FieldText(
        "时间戳",
        "The sender's clock, and the last one heard from the peer: a round trip can be measured by them.",
        "发送方的时钟，以及最近听到的对方时钟：据此可测量往返时间。",
    ),
    "tcp.options.nop": FieldText(
        "空操作",
        "A byte that only fills up, so that the next option begins where it is quick to read.",
        "只用来填充的一个字节，使下一个选项对齐。",
    ),
    "tcp.options.eol": FieldText("选项结束", "No options follow.", "后面没有选项了。"),
    "tcp.option": FieldText("选项", "An option that netlab does not read.", "netlab 不解读的选项。"),
}

FLAGS: dict[str, tuple[str, str]] = {
    "SYN": ("SYN opens one direction and tells its first number.", "SYN 打开一个方向，并告知起始序号。"),
    "ACK": ("ACK makes the acknowledgement number count.", "ACK 表示确认号有效。"),
    "FIN": ("FIN says that nothing more will come from this side.", "FIN 表示这一方不再发送数据。"),
    "RST": ("RST ends the connection at once.", "RST 立即终止连接。"),
    "PSH": ("PSH asks to hand the bytes to the program without delay.", "PSH 要求立即把字节交给程序。"),
    "URG": ("URG makes the urgent pointer count.", "URG 表示紧急指针有效。"),
    "ECE": ("ECE tells the sender of congestion.", "ECE 告知发送方出现了拥塞。"),
    "CWR": ("CWR says that the sender has slowed down.", "CWR 表示发送方已放慢速度。"),
    "NS": ("NS is left over from an experiment.", "NS 是一次实验留下的。"),
    "none": ("none is set.", "没有设置任何标志。"),
}
"""What each TCP flag does; said behind the sentence of `tcp.flags`."""


def field_name(field_id: str, name: str, language: str) -> str:
    """What a field is called; `name` is what the decoder calls it."""
    return FIELDS[field_id].name_zh if language == "zh" else name


def sentence(field_id: str, value: str, language: str) -> str:
    """What a field is for, in one sentence; of flags, also what those that are set do."""
    text = FIELDS[field_id]
    if field_id != "tcp.flags":
        return text.zh if language == "zh" else text.en
    flags = [FLAGS[flag] for flag in value.split(",") if flag in FLAGS]
    return (
        " ".join([text.en, *(en for en, _ in flags)]) if language == "en" else text.zh + "".join(zh for _, zh in flags)
    )
