@echo off
rem Starts amends for whoever opens this file with a double click.
cd /d "%~dp0"
if not exist amends.exe (
  echo This file is still inside of its ZIP file, where it cannot work.
  echo Choose "Extract all" for the ZIP file first, and open start.cmd in the folder that this makes.
  pause
  exit /b 1
)
amends.exe start
