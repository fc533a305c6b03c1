#pragma once

#include <boost/asio/bind_cancellation_slot.hpp>
#include <utility>

#include "adapters/net/byte_stream.hpp"

namespace rapport::net {

/// Starts an operation for an erased handler and forwards its cancellation slot. Boost 1.81 cannot take an
/// `any_completion_handler` directly here, hence the lambda around it.
template <class Start>
void forward_slot(ByteStream::Handler done, Start start) {
    const auto slot = done.get_cancellation_slot();
    start(boost::asio::bind_cancellation_slot(
        slot, [done = std::move(done)](error_code ec, std::size_t n) mutable { std::move(done)(ec, n); }));
}

}  // namespace rapport::net
