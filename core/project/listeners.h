// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace nunatak::project {

/// Who wants to be told. Usable from several threads; once a subscription is given back, its listener is not
/// called any more, nor still running on another thread.
class Listeners {
public:
    Project::Subscription add(std::function<void(const Event&)> listener);
    void tell(const Event& event);

private:
    struct Listener {
        std::recursive_mutex mutex; // recursive: a listener may give its own subscription back
        bool wanted = true;
        std::function<void(const Event&)> call;
    };
    std::mutex m_mutex;
    std::vector<std::weak_ptr<Listener>> m_listeners;
};

} // namespace nunatak::project
