// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

namespace nunatak::ui::session {
class Shell;
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::learn {

class LearnController;

/// Teaching a model, as the window has it: a panel and the action that shows it.
class LearnFeature {
public:
    LearnFeature(session::Shell& shell, session::Workspace& workspace);
    ~LearnFeature();

private:
    std::unique_ptr<LearnController> m_controller;
};

} // namespace nunatak::ui::learn
