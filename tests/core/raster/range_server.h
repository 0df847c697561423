// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace nunatak::tests {

/// Listens on the loopback interface; returns the port that the system chose.
inline int listenLocally(int socket) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    ::bind(socket, reinterpret_cast<sockaddr*>(&address), size);
    ::listen(socket, 64);
    ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
}

/// Serves one file over HTTP on the loopback interface, in ranges, and counts what it is asked. Closes each
/// connection after its answer.
class RangeServer {
public:
    explicit RangeServer(const std::string& file, std::string name)
        : m_name(std::move(name)), m_socket(::socket(AF_INET, SOCK_STREAM, 0)) {
        std::ifstream stream(file, std::ios::binary);
        m_content.assign(std::istreambuf_iterator<char>(stream), {});
        m_port = listenLocally(m_socket);
        m_thread = std::jthread([this] { serve(); });
    }
    ~RangeServer() {
        ::shutdown(m_socket, SHUT_RDWR); // ends accept()
        m_thread.join();
        ::close(m_socket);
    }
    RangeServer(const RangeServer&) = delete;
    RangeServer& operator=(const RangeServer&) = delete;

    std::string path() const { return "/vsicurl/http://127.0.0.1:" + std::to_string(m_port) + "/" + m_name; }
    int pixelRequests() const { return m_ranges; } ///< ranges that do not begin with the file
    int strangers() const { return m_strangers; }  ///< requests for other files

private:
    void serve() {
        while (true) {
            const int connection = ::accept(m_socket, nullptr, nullptr);
            if (connection < 0) {
                return;
            }
            answer(connection);
            ::close(connection);
        }
    }

    void answer(int connection) {
        std::string request;
        char buffer[4096];
        while (request.find("\r\n\r\n") == std::string::npos) {
            const auto count = ::recv(connection, buffer, sizeof(buffer), 0);
            if (count <= 0) {
                return;
            }
            request.append(buffer, static_cast<std::size_t>(count));
        }
        if (request.find(" /" + m_name + " ") == std::string::npos) {
            ++m_strangers;
            send(connection, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            return;
        }
        std::size_t first = 0;
        std::size_t last = m_content.size() - 1;
        const auto range = request.find("ange: bytes=");
        const bool isPart = range != std::string::npos &&
                            std::sscanf(request.c_str() + range, "ange: bytes=%zu-%zu", &first, &last) == 2;
        last = std::min(last, m_content.size() - 1);
        m_ranges += isPart && first > 0 ? 1 : 0;
        const std::size_t count = first <= last ? last - first + 1 : 0;
        std::string head = isPart ? "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes " +
                                        std::to_string(first) + "-" + std::to_string(last) + "/" +
                                        std::to_string(m_content.size()) + "\r\n"
                                  : "HTTP/1.1 200 OK\r\n";
        head += "Accept-Ranges: bytes\r\nConnection: close\r\nContent-Length: " + std::to_string(count) +
                "\r\n\r\n";
        send(connection, request.starts_with("HEAD") ? head : head + m_content.substr(first, count));
    }

    static void send(int connection, const std::string& text) {
        std::size_t sent = 0;
        while (sent < text.size()) {
            const auto count = ::send(connection, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
            if (count <= 0) {
                return;
            }
            sent += static_cast<std::size_t>(count);
        }
    }

    std::string m_name;
    std::string m_content;
    int m_socket;
    int m_port = 0;
    std::atomic<int> m_ranges = 0;
    std::atomic<int> m_strangers = 0;
    std::jthread m_thread;
};

/// Accepts connections and never says a word.
class SilentServer {
public:
    SilentServer() : m_socket(::socket(AF_INET, SOCK_STREAM, 0)), m_port(listenLocally(m_socket)) {}
    ~SilentServer() { ::close(m_socket); } // which ends what waits for an answer
    SilentServer(const SilentServer&) = delete;
    SilentServer& operator=(const SilentServer&) = delete;
    std::string path() const { return "/vsicurl/http://127.0.0.1:" + std::to_string(m_port) + "/silent.tif"; }

private:
    int m_socket;
    int m_port = 0;
};

} // namespace nunatak::tests
