// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

class QString;

namespace nunatak::ui::session {
class Shell;
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::learn {

class LearnController;
class ModelChoice;
class TeachingCount;

/// Teaching a model, as the window has it: a panel, the action that shows it, and the model of the project.
class LearnFeature {
public:
    LearnFeature(session::Shell& shell, session::Workspace& workspace);
    ~LearnFeature();

    /// A person chose a model of this machine, by its name: the open project keeps it.
    void chooseModel(const QString& name);

private:
    std::unique_ptr<ModelChoice> m_choice;
    std::unique_ptr<LearnController> m_controller;
    std::unique_ptr<TeachingCount> m_count;
};

} // namespace nunatak::ui::learn
