// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/file_question.h"

#include "ui/base/owned.h"
#include "ui/base/user_settings.h"

#include <QFileDialog>
#include <QFileInfo>

namespace nunatak::ui {

void askForFiles(QWidget* parent, UserSettings& settings, const FileQuestion& question,
                 std::function<void(const QStringList&)> chosen) {
    auto* dialog = owned<QFileDialog>(parent, question.title,
                                      question.startsIn.isEmpty() ? settings.folder(question.purpose)
                                                                  : question.startsIn);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setNameFilters(question.filters);
    dialog->setAcceptMode(question.save ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
    dialog->setFileMode(question.folder    ? QFileDialog::Directory
                        : question.save    ? QFileDialog::AnyFile
                        : question.several ? QFileDialog::ExistingFiles
                                           : QFileDialog::ExistingFile);
    if (question.save && !question.asksBeforeReplacing) {
        dialog->setOption(QFileDialog::DontConfirmOverwrite);
    }
    if (!question.suffix.isEmpty()) {
        dialog->setDefaultSuffix(question.suffix);
    }
    if (!question.suggested.isEmpty()) {
        dialog->selectFile(question.suggested);
    }
    QObject::connect(
        dialog, &QFileDialog::filesSelected, parent,
        [&settings, purpose = question.purpose, chosen = std::move(chosen)](const QStringList& files) {
            if (!files.isEmpty()) {
                settings.setFolder(purpose, QFileInfo(files.front()).absolutePath());
                chosen(files);
            }
        });
    dialog->open();
}

} // namespace nunatak::ui
