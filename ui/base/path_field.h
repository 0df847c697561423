// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/file_question.h"

#include <QWidget>

class QLineEdit;

namespace nunatak::ui {

/// A line for a file's path with a button that asks for it.
class PathField : public QWidget {
    Q_OBJECT

public:
    PathField(UserSettings& settings, FileQuestion question, QWidget* parent = nullptr);

    QString path() const;
    void setPath(const QString& path);
    /// What holds while nothing is named.
    void setPlaceholder(const QString& words);
    void setQuestion(FileQuestion question) { m_question = std::move(question); }

Q_SIGNALS:
    void changed();

private:
    FileQuestion m_question;
    QLineEdit* m_line = nullptr;
};

} // namespace nunatak::ui
