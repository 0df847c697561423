// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/listeners.h"

#include <utility>

namespace nunatak::project {

Project::Subscription Listeners::add(std::function<void(const Event&)> call) {
    auto listener = std::make_shared<Listener>();
    listener->call = std::move(call);
    {
        const std::lock_guard lock(m_mutex);
        std::erase_if(m_listeners, [](const auto& known) { return known.expired(); });
        m_listeners.push_back(listener);
    }
    const Listener* handle = listener.get();
    return Project::Subscription(const_cast<Listener*>(handle), [kept = std::move(listener)](void*) {
        const std::lock_guard lock(kept->mutex);
        kept->wanted = false;
    });
}

void Listeners::tell(const Event& event) {
    std::vector<std::shared_ptr<Listener>> listeners;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& known : m_listeners) {
            if (auto listener = known.lock()) {
                listeners.push_back(std::move(listener));
            }
        }
    }
    for (const auto& listener : listeners) {
        const std::lock_guard lock(listener->mutex);
        if (listener->wanted) {
            listener->call(event);
        }
    }
}

} // namespace nunatak::project
