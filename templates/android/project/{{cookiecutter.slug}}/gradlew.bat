@rem SPDX-License-Identifier: MIT-0
@rem Starts the Gradle that gradle\wrapper\gradle-wrapper.properties names; downloads and checks it the first time.
@rem "gradlew wrapper" replaces this script by Gradle's own, which does the same.
@echo off
setlocal

set "HOME_FOLDER=%~dp0"
set "JAVA_PROGRAM=java.exe"
if defined JAVA_HOME set "JAVA_PROGRAM=%JAVA_HOME:"=%\bin\java.exe"

"%JAVA_PROGRAM%" -version >NUL 2>&1
if errorlevel 1 (
    echo error: there is no java: install a JDK 17 or later, or set JAVA_HOME to one 1>&2
    exit /b 1
)

"%JAVA_PROGRAM%" -Xmx64m -Xms64m %JAVA_OPTS% %GRADLE_OPTS% "-Dorg.gradle.appname=gradlew" ^
    -classpath "%HOME_FOLDER%gradle\wrapper\gradle-wrapper.jar" org.gradle.wrapper.GradleWrapperMain %*
exit /b %ERRORLEVEL%
