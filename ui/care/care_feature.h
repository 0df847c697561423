// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

namespace nunatak::ui::session {
class ProjectController;
class Shell;
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::care {

class CareController;

/// A project's file as a whole, as the window has it: the menu with what can be done to it, and the way out
/// where it cannot be opened.
class CareFeature {
public:
    CareFeature(session::Shell& shell, session::Workspace& workspace, session::ProjectController& projects);
    ~CareFeature();

private:
    std::unique_ptr<CareController> m_care;
};

} // namespace nunatak::ui::care
