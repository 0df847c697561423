// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/learn/learn_feature.h"

#include "ui/base/owned.h"
#include "ui/learn/learn_controller.h"
#include "ui/learn/learning_panel.h"
#include "ui/learn/model_choice.h"
#include "ui/learn/run_view.h"
#include "ui/learn/teaching_count.h"
#include "ui/session/shell.h"

#include <QAction>

namespace nunatak::ui::learn {

using session::MenuPlace;
using session::Needs;
using session::Shell;
using session::Workspace;

LearnFeature::LearnFeature(Shell& shell, Workspace& workspace) {
    auto* panel = owned<LearningPanel>();
    auto* dock =
        shell.addDock({"learningDock", LearningPanel::tr("Fine-tune"), Qt::RightDockWidgetArea, 7}, panel);
    m_choice = std::make_unique<ModelChoice>(workspace, panel->versions(), nullptr);
    m_controller = std::make_unique<LearnController>(workspace, *panel, *m_choice, nullptr);
    m_count = std::make_unique<TeachingCount>(workspace, *panel);
    const auto say = [&shell](const QString& sentence) { shell.say(sentence); };
    QObject::connect(m_choice.get(), &ModelChoice::said, panel, say);
    QObject::connect(m_controller.get(), &LearnController::interruptedFound, panel, say);
    QObject::connect(&panel->run(), &RunView::predictRequested, panel,
                     [&shell] { shell.action("predict")->trigger(); });
    QObject::connect(m_controller.get(), &LearnController::learnt, panel,
                     [&shell](const QString& sentence) { shell.say(sentence); });
    shell.addAction(MenuPlace::Glaciers, Needs::Project,
                    {"finetune", "office-chart-line", LearningPanel::tr("&Fine-tune…"),
                     QKeySequence(QStringLiteral("F7")),
                     LearningPanel::tr("Teach the model from what was corrected and accepted")},
                    [&shell, dock] { shell.show(dock); });
}

LearnFeature::~LearnFeature() = default;

void LearnFeature::chooseModel(const QString& name) {
    m_choice->chooseByName(name);
}

} // namespace nunatak::ui::learn
