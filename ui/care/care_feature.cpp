// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/care/care_feature.h"

#include "ui/care/care_controller.h"
#include "ui/session/project_controller.h"
#include "ui/session/shell.h"

namespace nunatak::ui::care {

using session::MenuPlace;
using session::Needs;
using session::ProjectController;

CareFeature::CareFeature(session::Shell& shell, session::Workspace& workspace, ProjectController& projects)
    : m_care(std::make_unique<CareController>(workspace, projects, shell.settings(), &shell.window())) {
    auto* care = m_care.get();
    QObject::connect(&projects, &ProjectController::damaged, care, &CareController::offerRecovery);
    auto* menu =
        shell.addMenu(MenuPlace::Outlines, "document-properties", CareController::tr("Project &file"));
    shell.addAction(
        *menu, Needs::Project,
        {"saveCopy", "document-save-as", CareController::tr("&Save a copy…"),
         QKeySequence(QStringLiteral("Ctrl+Shift+S")),
         CareController::tr("Copy the project as it is now, with its history; you go on in this one")},
        [care] { care->askForCopy(); });
    shell.addAction(
        *menu, Needs::Nothing,
        {"checkProject", "document-edit-verify", CareController::tr("C&heck project"),
         QKeySequence(QStringLiteral("Ctrl+Shift+K")),
         CareController::tr("Look through all of the project's file, and say what is wrong with it")},
        [care] { care->check(); });
    shell.addAction(*menu, Needs::Project,
                    {"compactProject", "document-cleanup", CareController::tr("&Compact"),
                     QKeySequence(QStringLiteral("Ctrl+Shift+M")),
                     CareController::tr("Give back the room in the file that nothing takes any more")},
                    [care] { care->compact(); });
    shell.addAction(*menu, Needs::Nothing,
                    {"recoverProject", "document-revert", CareController::tr("&Recover damaged project…"),
                     QKeySequence(QStringLiteral("Ctrl+Shift+R")),
                     CareController::tr("Write what can be read of a damaged project into a new one")},
                    [care] { care->askForRecovery(); });
}

CareFeature::~CareFeature() = default;

} // namespace nunatak::ui::care
