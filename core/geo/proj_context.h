// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <proj.h>

#include <memory>
#include <string>

namespace nunatak::geo {

struct PjDeleter {
    void operator()(PJ* object) const { proj_destroy(object); }
};
using PjPointer = std::unique_ptr<PJ, PjDeleter>;

/// A PROJ context that keeps its last complaint instead of printing it. One thread at a time.
class ProjContext {
public:
    ProjContext();
    ~ProjContext();
    ProjContext(const ProjContext&) = delete;
    ProjContext& operator=(const ProjContext&) = delete;

    PJ_CONTEXT* get() const { return m_context; }
    /// What PROJ complained of last, or what its error number says; then forgotten. Without a closing full
    /// stop.
    std::string takeMessage();

    /// The calling thread's own context: opening PROJ's database anew for each call would cost milliseconds.
    static ProjContext& ofThisThread();

private:
    static void remember(void* self, int level, const char* text);

    PJ_CONTEXT* m_context;
    std::string m_message;
};

} // namespace nunatak::geo
