#pragma once

#include <boost/system/result.hpp>
#include <chrono>
#include <stdexcept>
#include <string>
#include <utility>

namespace rapport {

/// What a caller may do about a failure.
enum class ErrorKind {
    transient,     ///< Try again later: resets, time-outs, 5xx, a busy or full disk.
    rate_limited,  ///< Try again after `retry_after`.
    unauthorized,  ///< A person must mend a token or a permission first.
    rejected,  ///< The other side (or a check of ours) refuses this very thing; the same again fails again.
};

/// A failure as a value: what kind it is, and words for a person that name the thing, the place and the next
/// step.
struct Error {
    Error() = default;
    Error(ErrorKind error_kind, std::string words, std::chrono::milliseconds wait = {})
        : kind(error_kind), what(std::move(words)), retry_after(wait) {}

    bool retryable() const noexcept {
        return kind == ErrorKind::transient || kind == ErrorKind::rate_limited;
    }

    ErrorKind kind = ErrorKind::transient;
    std::string what{};
    std::chrono::milliseconds retry_after{};  ///< Zero: the caller's back-off decides.
};

template <class T = void>
using Result = boost::system::result<T, Error>;

/// Lets `result.value()` on a failure throw the words rather than fail to compile. For tests and `main` only.
[[noreturn]] inline void throw_exception_from_error(const Error& error, const boost::source_location&) {
    throw std::runtime_error(error.what);
}

}  // namespace rapport
