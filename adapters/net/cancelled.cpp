#include "adapters/net/cancelled.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/multiple_exceptions.hpp>
#include <boost/system/system_error.hpp>

namespace rapport::net {

bool was_cancelled(const std::exception_ptr& thrown) {
    if (!thrown) return false;
    std::exception_ptr first;
    try {
        std::rethrow_exception(thrown);
    } catch (const boost::system::system_error& error) {
        return error.code() == boost::asio::error::operation_aborted;
    } catch (const boost::asio::multiple_exceptions& several) {
        first = several.first_exception();
    } catch (...) {
        return false;
    }
    return was_cancelled(first);  // one `||` may stand in another
}

}  // namespace rapport::net
