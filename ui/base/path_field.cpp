// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/path_field.h"

#include "ui/base/owned.h"

#include <QHBoxLayout>
#include <QIcon>
#include <QLineEdit>
#include <QToolButton>

namespace nunatak::ui {

PathField::PathField(UserSettings& settings, FileQuestion question, QWidget* parent)
    : QWidget(parent), m_question(std::move(question)) {
    m_line = owned<QLineEdit>();
    m_line->setMinimumWidth(320);
    auto* browse = owned<QToolButton>();
    browse->setIcon(QIcon::fromTheme(QStringLiteral("document-open-folder")));
    browse->setText(tr("Browse…"));
    browse->setToolTip(tr("Choose the file"));
    auto* layout = owned<QHBoxLayout>(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_line, 1);
    layout->addWidget(browse);
    setFocusProxy(m_line);
    connect(m_line, &QLineEdit::textChanged, this, &PathField::changed);
    connect(browse, &QToolButton::clicked, this, [this, &settings] {
        askForFiles(this, settings, m_question, [this](const QStringList& files) { setPath(files.front()); });
    });
}

QString PathField::path() const {
    return m_line->text().trimmed();
}

void PathField::setPlaceholder(const QString& words) {
    m_line->setPlaceholderText(words);
}

void PathField::setPath(const QString& path) {
    m_line->setText(path);
}

} // namespace nunatak::ui
