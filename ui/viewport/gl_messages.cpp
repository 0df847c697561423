// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewport/gl_messages.h"

#include <QOpenGLContext>
#include <QOpenGLDebugLogger>

namespace nunatak::ui::viewport {

namespace {

bool isAgainstUs(const QOpenGLDebugMessage& message) {
    switch (message.type()) {
    case QOpenGLDebugMessage::ErrorType:
    case QOpenGLDebugMessage::UndefinedBehaviorType:
    case QOpenGLDebugMessage::DeprecatedBehaviorType:
        return true;
    case QOpenGLDebugMessage::PortabilityType:
    case QOpenGLDebugMessage::OtherType:
        return message.severity() == QOpenGLDebugMessage::HighSeverity ||
               message.severity() == QOpenGLDebugMessage::MediumSeverity;
    default:
        return false; // how fast something is, and markers of programs that look in
    }
}

} // namespace

GlMessages::GlMessages() {
    const auto* context = QOpenGLContext::currentContext();
    if (context == nullptr || !context->format().testOption(QSurfaceFormat::DebugContext)) {
        return;
    }
    m_logger = std::make_unique<QOpenGLDebugLogger>();
    if (!m_logger->initialize()) {
        qWarning("OpenGL: this driver tells no messages (GL_KHR_debug is missing).");
        return;
    }
    QObject::connect(m_logger.get(), &QOpenGLDebugLogger::messageLogged, m_logger.get(),
                     [](const QOpenGLDebugMessage& message) {
                         if (isAgainstUs(message)) {
                             qWarning("OpenGL: %s", qPrintable(message.message().trimmed()));
                         }
                     });
    // While the call that is meant is still under way, so that a debugger shows who made it.
    m_logger->startLogging(QOpenGLDebugLogger::SynchronousLogging);
}

GlMessages::~GlMessages() = default;

} // namespace nunatak::ui::viewport
