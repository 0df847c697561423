// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/proj_context.h"

#include "base/error.h"

#include <utility>

namespace nunatak::geo {

ProjContext::ProjContext() : m_context(proj_context_create()) {
    if (m_context == nullptr) {
        throw Error("PROJ cannot start: there is no memory left.");
    }
    proj_log_func(m_context, this, &ProjContext::remember);
    proj_log_level(m_context, PJ_LOG_ERROR);
}

ProjContext::~ProjContext() {
    proj_context_destroy(m_context);
}

std::string ProjContext::takeMessage() {
    std::string message = std::exchange(m_message, {});
    if (message.empty()) {
        if (const int number = proj_context_errno(m_context); number != 0) {
            message = proj_context_errno_string(m_context, number);
        }
    }
    while (!message.empty() && (message.back() == '.' || message.back() == '\n')) {
        message.pop_back();
    }
    return message;
}

ProjContext& ProjContext::ofThisThread() {
    thread_local ProjContext context;
    return context;
}

void ProjContext::remember(void* self, int level, const char* text) {
    if (level == PJ_LOG_ERROR && text != nullptr) {
        static_cast<ProjContext*>(self)->m_message = text;
    }
}

} // namespace nunatak::geo
