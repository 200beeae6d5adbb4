import socketserver
import sys


class Chat(socketserver.BaseRequestHandler):
    def handle(self):
        try:
            while True:
                data = self.request.recv(1000)
                text = data.decode("utf8")
                if text in {"", "88"}:
                    return
                print(f"[{self.client_address[0]}] {text}")
                answer = ""
                while not answer:
                    answer = input()
                self.request.sendall(answer.encode("utf8"))
        except (ConnectionResetError, BrokenPipeError):
            print("(gone)")


class Server(socketserver.TCPServer):
    allow_reuse_address = True


with Server((sys.argv[1], int(sys.argv[2])), Chat) as server:
    server.serve_forever()
