#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rapport::net {

struct Header {
    std::string name{};
    std::string value{};
};

/// One HTTP request. On the server, what came in; in the client, what goes out.
struct Request {
    std::string method = "GET";
    std::string target = "/";  ///< Path and query, starting with '/'.
    std::vector<Header> headers{};
    std::string body{};
    std::string remote{};  ///< Server only: the other side's address, without the port.

    /// The value of the first header of that name (in any case), or an empty view. Lives as long as the
    /// request.
    std::string_view header(std::string_view name) const noexcept;
    /// The target without its query.
    std::string_view path() const noexcept;
};

struct Response {
    unsigned status = 200;
    std::vector<Header> headers{};
    std::string body{};

    /// The value of the first header of that name (in any case), or an empty view. Lives as long as the
    /// response.
    std::string_view header(std::string_view name) const noexcept;
};

/// Whether two header names, or other ASCII words, are the same in any case.
bool same_word(std::string_view a, std::string_view b) noexcept;

}  // namespace rapport::net
