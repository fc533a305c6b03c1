#pragma once

#include <memory>
#include <string>

#include "adapters/net/error.hpp"

namespace rapport::net {

/// Whom a TLS client trusts. The chain and the host name are always verified; there is no switch for it.
class TlsContext {
public:
    struct Impl;
    /// Trusts what this machine trusts (package ca-certificates).
    static Result<TlsContext> system();
    /// Trusts the authorities in that PEM file and nobody else.
    static Result<TlsContext> authorities(const std::string& pem_file);

    explicit TlsContext(std::unique_ptr<Impl> impl) noexcept;
    TlsContext(TlsContext&&) noexcept;
    TlsContext& operator=(TlsContext&&) noexcept;
    ~TlsContext();
    Impl& impl() noexcept { return *impl_; }

private:
    std::unique_ptr<Impl> impl_;
};

}  // namespace rapport::net
